package govcloud.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeClassesTest {
  private static final Instant BUILT = Instant.parse("2026-03-01T08:00:00Z");

  @TempDir private Path folder;

  @Test
  void archive_isTakenWhenItIsNoOlderThanTheJars() throws IOException {
    Path library = Files.createDirectory(folder.resolve("lib"));
    Path jar = touched(library.resolve("node.jar"), BUILT);
    NodeClasses classes = new NodeClasses(library);
    assertThat(classes.options()).as("no archive").isEmpty();
    Path archive = touched(folder.resolve("node.jsa"), BUILT.plusSeconds(60));
    assertThat(classes.options()).contains("-XX:SharedArchiveFile=" + archive);
    touched(jar, BUILT.plusSeconds(61));
    assertThat(classes.options()).as("built again").isEmpty();
  }

  @Test
  void archive_ofAProcessThatIsNoJava_isNotMade() throws IOException {
    Path library = Files.createDirectory(folder.resolve("lib"));
    new NodeClasses(library).make(Integer.MAX_VALUE);
    assertThat(folder.resolve("node.jsa")).doesNotExist();
  }

  private static Path touched(Path file, Instant time) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    return Files.setLastModifiedTime(file, FileTime.from(time));
  }
}
