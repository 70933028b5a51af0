package govcloud.replication.statement;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.keys.KeyDefect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorCodesTest {
  @Test
  void everyDefect_isExplainedToOperators() throws Exception {
    String codes = Files.readString(Path.of("../docs/error-codes.md"));
    List<Enum<?>> defects =
        Stream.<Enum<?>[]>of(ReplicaDefect.values(), ArchiveDefect.values(), KeyDefect.values())
            .flatMap(Stream::of)
            .toList();
    assertThat(defects).hasSizeGreaterThan(30);
    for (Enum<?> defect : defects) {
      assertThat(codes).contains("| `" + defect.name() + "` | ");
    }
  }
}
