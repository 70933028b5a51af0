package govcloud.houserules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts come in, and change, on purpose alone. */
class DependencyLockTest {
  private static final String SUM =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"; // of "test"

  /** Where Surefire says that Maven keeps what it has fetched. */
  private static final Path REPOSITORY = Path.of(System.getProperty("localRepository"));

  private static DependencyLock product() throws IOException {
    return new DependencyLock(Files.readAllLines(Path.of("../dependencies.lock")));
  }

  private static DependencyLock of(String... lines) {
    return new DependencyLock(List.of(lines));
  }

  @Test
  void product_filesAreThoseThatWereLocked() throws IOException {
    DependencyLock lock = product();
    assertThat(lock.present(REPOSITORY)).hasSizeGreaterThan(lock.parts().size() * 9 / 10);
    assertThat(lock.changed(REPOSITORY)).isEmpty();
  }

  @Test
  void product_everythingOnTheClassPathIsLocked() throws IOException {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    assertThat(classPath).hasSizeGreaterThan(100);
    assertThat(product().notLocked(REPOSITORY, classPath)).isEmpty();
  }

  @Test
  void product_licencesAreAccepted() throws IOException {
    assertThat(product().licencesNotAccepted()).isEmpty();
  }

  @Test
  void changedFile_isFound(@TempDir Path repository) throws IOException {
    Path jar = repository.resolve("org/example/part/1.0/part-1.0-native.jar");
    Files.createDirectories(jar.getParent());
    DependencyLock lock = of(SUM + "  org.example/part@1.0:native  MIT");
    Files.writeString(jar, "test");
    assertThat(lock.changed(repository)).isEmpty();
    Files.writeString(jar, "tesu");
    assertThat(lock.changed(repository))
        .singleElement()
        .asString()
        .startsWith("org.example/part@1.0:native: ")
        .contains("expected: " + SUM);
  }

  @Test
  void newPart_isFound_andTestsAreNone(@TempDir Path repository) {
    List<Path> classPath =
        List.of(
            repository.resolve("org/example/new/2/new-2.jar"),
            repository.resolve("org/junit/jupiter/api/5/api-5.jar"),
            Path.of("target/classes"));
    assertThat(of(SUM + "  org.example/part@1.0  MIT").notLocked(repository, classPath))
        .containsExactly("org/example/new/2/new-2.jar");
  }

  @Test
  void licence_oneOfSeveralIsEnough_othersAreFound() {
    assertThat(
            of(
                    SUM + "  org.example/a@1  GPL-3.0 or MIT",
                    SUM + "  org.example/b@1  GPL-3.0",
                    SUM + "  org.example/c@1  unknown")
                .licencesNotAccepted())
        .containsExactly("org.example/b@1: GPL-3.0", "org.example/c@1: unknown");
  }

  @Test
  void line_malformedOrTwice_isLocated() {
    assertThatThrownBy(() -> of(SUM + "  org.example/a@1  MIT", "a b c"))
        .hasMessageStartingWith("dependencies.lock:2: a b c (expected: ");
    String line = SUM + "  org.example/a@1  MIT";
    assertThatThrownBy(() -> of(line, line)).hasMessageContaining(":2: org.example/a@1 a second");
  }
}
