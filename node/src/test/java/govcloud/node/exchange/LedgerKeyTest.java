package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerKeyTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
  void keyThatOthersCanRead_read_isRefused(String mode) throws IOException {
    var key = Files.writeString(folder.resolve("ledger.key"), "PRIVATE+KEY+x+00000000+AAAA\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
    assertThatThrownBy(() -> LedgerKey.read(key))
        .hasMessageContaining("ledger-key: " + key + ": " + mode)
        .hasMessageContaining("(expected: rw-------, for its owner alone)");
  }
}
