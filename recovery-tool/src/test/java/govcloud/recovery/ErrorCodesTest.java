package govcloud.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.recovery.prove.ProofDefect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorCodesTest {
  @Test
  void everyCode_isExplainedToOperators() throws Exception {
    String codes = Files.readString(Path.of("../docs/error-codes.md"));
    Stream.<Enum<?>[]>of(RecoveryException.Code.values(), ProofDefect.values())
        .flatMap(Stream::of)
        .forEach(code -> assertThat(codes).contains("| `" + code.name() + "` | "));
  }
}
