package govcloud.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ErrorCodesTest {
  @Test
  void everyDefect_isExplained() throws IOException {
    String codes = Files.readString(Path.of("../docs/error-codes.md"));
    for (PkiDefect defect : PkiDefect.values()) {
      assertThat(codes).contains("| `" + defect + "` |");
    }
  }
}
