package govcloud.replication.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultKeysTest {
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();
  private KeyFolder keys;

  @BeforeEach
  void init() throws KeyException {
    keys = new KeyFolder(folder.resolve("keys"));
    KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 2, 3, random);
  }

  private Path made() throws KeyException {
    VaultKeys.create(keys, random);
    return keys.folder().resolve("vault.key");
  }

  @Test
  void file_isForItsOwnerAlone_andMadeOnce() throws Exception {
    assertThat(VaultKeys.exist(keys)).isFalse();
    Path file = made();
    assertThat(VaultKeys.exist(keys)).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> VaultKeys.create(keys, random))
        .isInstanceOfSatisfying(
            KeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.KEY_FILE_EXISTS));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> VaultKeys.read(keys))
        .isInstanceOfSatisfying(
            KeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.KEY_FILE_EXPOSED));
  }

  @Test
  void wrappedKey_opensForTheSamePersonInTheSameDepartmentAlone() throws Exception {
    made();
    try (VaultKeys vault = VaultKeys.read(keys)) {
      byte[] wrapped = vault.wrap("harbour", "p-1", KEY, random);
      assertThat(vault.unwrap("harbour", "p-1", wrapped)).isEqualTo(KEY);
      assertThat(wrapped).hasSize(12 + 32 + 16);
      for (String[] other : new String[][] {{"harbour", "p-2"}, {"tax", "p-1"}}) {
        assertThatThrownBy(() -> vault.unwrap(other[0], other[1], wrapped))
            .isInstanceOfSatisfying(
                KeyException.class,
                e -> assertThat(e.defect()).isEqualTo(KeyDefect.VAULT_KEY_WRONG));
      }
    }
  }

  @Test
  void pseudonyms_tellNeitherThePersonNorThatTwoDepartmentsKnowTheSame() throws Exception {
    made();
    try (VaultKeys vault = VaultKeys.read(keys);
        VaultKeys again = VaultKeys.read(keys)) {
      String one = vault.pseudonym("harbour", "999999199001010016");
      assertThat(one).matches("p-[0-9a-f]{32}");
      assertThat(again.pseudonym("harbour", "999999199001010016")).isEqualTo(one);
      assertThat(vault.pseudonym("tax", "999999199001010016")).isNotEqualTo(one);
      assertThat(vault.pseudonym("harbour", "999999199001010024")).isNotEqualTo(one);
    }
  }
}
