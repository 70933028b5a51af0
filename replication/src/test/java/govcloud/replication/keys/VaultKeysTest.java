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

  @Test
  void laterGeneration_isTheSameForAll_andOpensNothingOfTheOneBefore() throws Exception {
    made();
    try (VaultKeys first = VaultKeys.read(keys);
        VaultKeys third = first.later(3, keys.recovery());
        VaultKeys second = first.later(2, keys.recovery());
        VaultKeys again = second.later(3, keys.recovery())) {
      assertThat(third.generation()).isEqualTo(3);
      byte[] wrapped = third.wrap("harbour", "p-1", KEY, random);
      assertThat(again.unwrap("harbour", "p-1", wrapped)).isEqualTo(KEY);
      assertThat(third.pseudonym("tax", "1")).isEqualTo(first.pseudonym("tax", "1"));
      byte[] before = first.wrap("harbour", "p-1", KEY, random);
      assertThatThrownBy(() -> second.unwrap("harbour", "p-1", before))
          .isInstanceOf(KeyException.class);
      assertThatThrownBy(() -> second.later(1, keys.recovery()))
          .isInstanceOfSatisfying(
              KeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.VAULT_KEY_WRONG));
    }
  }

  @Test
  void replacedFile_isOverwritten_underEveryNameThatItHas() throws Exception {
    Path file = made();
    Path other = Files.createLink(folder.resolve("other-name"), file);
    try (VaultKeys first = VaultKeys.read(keys);
        VaultKeys second = first.later(2, keys.recovery())) {
      assertThat(second.replace(keys)).isTrue();
      assertThat(Files.readAllBytes(other)).containsOnly(0);
      assertThat(first.replace(keys)).as("never back").isTrue();
      try (VaultKeys there = VaultKeys.read(keys)) {
        assertThat(there.generation()).isEqualTo(2);
      }
    }
    try (var left = Files.list(keys.folder())) {
      assertThat(left.map(one -> one.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".before") || name.endsWith(".next"));
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void replacementThatACrashCutShort_isEndedByTheNextOne() throws Exception {
    Path file = made();
    Path before = file.resolveSibling("vault.key.before");
    Path kept = Files.createLink(folder.resolve("kept"), file);
    try (VaultKeys first = VaultKeys.read(keys);
        VaultKeys second = first.later(2, keys.recovery())) {
      // Before the new file had its name: the old one is in use, and stays.
      Files.createLink(before, file);
      assertThat(first.replace(keys)).isTrue();
      assertThat(before).doesNotExist();
      VaultKeys.read(keys).close();
      // After it had its name: the old one is destroyed.
      Files.createLink(before, file);
      Files.delete(file);
      second.write(keys);
      assertThat(second.replace(keys)).isTrue();
      assertThat(before).doesNotExist();
      assertThat(Files.readAllBytes(kept)).containsOnly(0);
    }
  }

  @Test
  void nextGeneration_isAskedForWithAFile_whichTheNodesTakeAway() throws Exception {
    assertThatThrownBy(() -> VaultKeys.askRotation(keys))
        .isInstanceOfSatisfying(
            KeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.KEY_FILE_MISSING));
    made();
    VaultKeys.askRotation(keys);
    VaultKeys.askRotation(keys);
    assertThat(VaultKeys.isRotationAsked(keys)).isTrue();
    VaultKeys.rotationBegun(keys);
    assertThat(VaultKeys.isRotationAsked(keys)).isFalse();
  }
}
