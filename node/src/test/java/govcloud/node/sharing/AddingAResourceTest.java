package govcloud.node.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Contract;
import govcloud.node.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keeps the page for providers true: its resource, its terms and their address. */
final class AddingAResourceTest {

  private static final Path PAGE = Path.of("../docs/adding-an-exchange-resource.md");
  private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SIGNED = Pattern.compile("agreement sign .* --address (\\S+)");

  private static String page;
  private static JsonNode resource;
  private static JsonNode terms;

  private final Contract contract = Contract.load();

  @BeforeAll
  static void read() throws IOException {
    page = Files.readString(PAGE);
    List<JsonNode> found = new ArrayList<>();
    var matcher = JSON.matcher(page);
    while (matcher.find()) {
      found.add(Json.mapper().readTree(matcher.group(1)));
    }
    resource = found.get(0);
    terms = found.get(1);
  }

  @Test
  void resource_isOneThatCanBePublished() {
    assertThat(against("ResourceContent", resource)).isEmpty();
    assertThat(SharingJson.resource("police", "violations", resource).faults()).isEmpty();
  }

  @Test
  void terms_areSomeThatCanBeAppliedFor_andHaveTheAddressThatIsSigned() {
    assertThat(against("AgreementApplication", terms)).isEmpty();
    var of = SharingJson.resource("police", "violations", resource);
    var read = SharingJson.terms("transport", terms, of);
    assertThat(read.faults()).isEmpty();
    assertThat(read.faults(of)).isEmpty();
    var signed = SIGNED.matcher(page);
    assertThat(signed.find()).isTrue();
    assertThat(signed.group(1)).isEqualTo(read.address());
  }

  private List<String> against(String schema, JsonNode document) {
    var part = contract.document().at("/components/schemas/" + schema);
    assertThat(part.isObject()).as(schema).isTrue();
    return contract.schema(part).validate(document).stream()
        .map(fault -> fault.toString())
        .toList();
  }
}
