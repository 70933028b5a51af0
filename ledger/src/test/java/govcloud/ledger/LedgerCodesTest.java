package govcloud.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LedgerCodesTest {
  @Test
  void everyCode_isExplainedToOperators() throws Exception {
    String codes = Files.readString(Path.of("../docs/error-codes.md"));
    for (LedgerDefect defect : LedgerDefect.values()) {
      assertThat(codes).contains("| `" + defect.name() + "` | ");
    }
  }
}
