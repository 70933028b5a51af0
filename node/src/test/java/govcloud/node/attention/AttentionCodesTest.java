package govcloud.node.attention;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.ClockPassedException;
import govcloud.journal.TrimmedLogException;
import govcloud.journal.schema.SchemaException;
import govcloud.node.catalogue.MistakeCode;
import govcloud.protobuf.journal.CodecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Codes that are no answers over HTTP are published too, each section in full. */
class AttentionCodesTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([A-Z0-9_]+)` \\|[^\\n]*[^|\\n ][.] \\|$");

  private static List<String> documented(String section) throws IOException {
    var text = Files.readString(Path.of("../docs/error-codes.md"));
    var from = text.indexOf("\n## " + section + "\n");
    assertThat(from).as(section).isNotNegative();
    var end = text.indexOf("\n## ", from + 1);
    var rows = ROW.matcher(text.substring(from, end < 0 ? text.length() : end));
    return rows.results().map(row -> row.group(1)).toList();
  }

  private static String[] names(Enum<?>[] codes) {
    return Stream.of(codes).map(Enum::name).toArray(String[]::new);
  }

  @Test
  void everyCode_ofAttention_isDocumented() throws IOException {
    assertThat(documented("What needs an operator"))
        .containsExactlyInAnyOrder(names(AttentionCode.values()));
  }

  @Test
  void everyCode_ofCataloguePayloadAndSchema_isDocumented() throws IOException {
    assertThat(documented("In the catalogue of apps"))
        .containsExactlyInAnyOrder(names(MistakeCode.values()));
    assertThat(documented("In the journal"))
        .contains(names(CodecException.Code.values()))
        .contains(TrimmedLogException.CODE, ClockPassedException.CODE)
        .hasSize(CodecException.Code.values().length + 2);
    assertThat(documented("In the schema of the database"))
        .containsExactlyInAnyOrder(names(SchemaException.Code.values()));
  }
}
