package govcloud.replication.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {
  @TempDir private Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void file_isItsOwnersAlone_andNothingIsLeftBesideIt() throws Exception {
    Path file = folder.resolve("a.key");
    SecretFiles.write(file, bytes("one"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(names()).containsExactly("a.key");
    SecretFiles.replacePublic(folder.resolve("b.pub"), bytes("one"));
    SecretFiles.replacePublic(folder.resolve("b.pub"), bytes("two"));
    assertThat(folder.resolve("b.pub")).hasContent("two");
    assertThat(names()).containsExactly("a.key", "b.pub");
  }

  @Test
  void nameThatIsTaken_staysAsItIs() throws Exception {
    Path file = folder.resolve("a.key");
    SecretFiles.write(file, bytes("one"));
    assertThatThrownBy(() -> SecretFiles.write(file, bytes("one")))
        .isInstanceOfSatisfying(
            KeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.KEY_FILE_EXISTS));
    SecretFiles.keep(file, bytes("one"));
    assertThatThrownBy(() -> SecretFiles.keep(file, bytes("two")))
        .isInstanceOfSatisfying(
            KeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.KEY_FILE_EXISTS));
    assertThat(file).hasContent("one");
    assertThat(names()).containsExactly("a.key");
  }

  /** A writer that was killed leaves no file under the name, and its secret not for long. */
  @Test
  void halfWrittenFile_isNone_andIsDestroyedWhenItsNameIsWrittenAgain() throws Exception {
    Path left = Files.writeString(folder.resolve("a.key.1234.partial"), "half a sec");
    Path copy = Files.createLink(folder.resolve("seen"), left);
    Path fresh = Files.writeString(folder.resolve("a.key.5678.partial"), "of another node");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    assertThatThrownBy(() -> SecretFiles.readSecret(folder.resolve("a.key")))
        .isInstanceOfSatisfying(
            KeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.KEY_FILE_MISSING));
    SecretFiles.write(folder.resolve("a.key"), bytes("whole"));
    assertThat(left).doesNotExist();
    assertThat(Files.readAllBytes(copy)).as("overwritten").containsOnly(0);
    assertThat(fresh).exists();
    assertThat(folder.resolve("a.key")).hasContent("whole");
  }

  /** A writer that was killed between both names of a file leaves one of them too many. */
  @Test
  void secondNameOfTheFile_isTakenAway_andTheFileStaysWhole() throws Exception {
    Path file = folder.resolve("b.pub");
    SecretFiles.writePublic(file, bytes("one"));
    Path second = Files.createLink(folder.resolve("b.pub.1234.partial"), file);
    Path copy = Files.createLink(folder.resolve("seen"), file);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    SecretFiles.replacePublic(file, bytes("two"));
    assertThat(second).doesNotExist();
    assertThat(copy).hasContent("one");
    assertThat(file).hasContent("two");
  }
}
