package govcloud.localcassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaHomeTest {
  @Test
  void noJavaInTheFolder_find_saysWhatIsExpected(@TempDir Path empty) {
    assertThatThrownBy(() -> JavaHome.find(Optional.of(empty)))
        .isInstanceOf(LocalCassandraException.class)
        .hasMessage("java: no bin/java in " + empty + " (expected: the home of a Java 17)");
  }

  @Test
  void javaOfAnotherVersion_find_namesBothVersions(@TempDir Path home) throws IOException {
    javaOf(home, "21.0.4");

    assertThatThrownBy(() -> JavaHome.find(Optional.of(home)))
        .isInstanceOf(LocalCassandraException.class)
        .hasMessageStartingWith("java: version 21 in " + home + " (expected: 17,");
  }

  @Test
  void java17_find_isTaken(@TempDir Path home) throws IOException {
    javaOf(home, "17.0.1");

    assertThat(JavaHome.find(Optional.of(home)).java()).isEqualTo(home.resolve("bin/java"));
  }

  private static void javaOf(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    assertThat(Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true)).isTrue();
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
  }
}
