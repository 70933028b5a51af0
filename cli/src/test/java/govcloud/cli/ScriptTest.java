package govcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code govcloud} on machines that lack something. */
class ScriptTest {

  private static final List<String> TOOLS =
      List.of("dirname", "readlink", "sed", "grep", "find", "head", "mkdir", "tail");

  @TempDir private Path folder;
  private Path tools;
  private Path script;

  private record Outcome(int exitCode, String output) {}

  @BeforeEach
  void prepare() throws IOException {
    tools = Files.createDirectory(folder.resolve("tools"));
    for (var tool : TOOLS) {
      for (var place : List.of("/usr/bin/", "/bin/")) {
        if (Files.isExecutable(Path.of(place + tool)) && !Files.exists(tools.resolve(tool))) {
          program(tools.resolve(tool), "exec " + place + tool + " \"$@\"");
        }
      }
    }
    script = Files.createDirectory(folder.resolve("house")).resolve("govcloud");
    Files.copy(Path.of("../govcloud"), script, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private Outcome run(Path javaHome, String... arguments) throws Exception {
    var command = new ProcessBuilder("/bin/bash", script.toString());
    command.command().addAll(List.of(arguments));
    command.redirectErrorStream(true);
    command.environment().clear();
    command.environment().put("PATH", tools.toString());
    command.environment().put("HOME", folder.toString());
    command.environment().put("JAVA_HOME", javaHome.toString());
    command.environment().put("GOVCLOUD_JDK_FOLDERS", "");
    var process = command.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output.strip());
  }

  private void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path jdk(int version) throws IOException {
    var jdk = folder.resolve("jdk-" + version);
    program(jdk.resolve("bin/javac"), "exit 0");
    program(jdk.resolve("bin/java"), "echo \"ran $*\"");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
    return jdk;
  }

  @Test
  void noJava_saysInOneSentenceWhatToInstall() throws Exception {
    var outcome = run(folder.resolve("none"), "status");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output())
        .hasLineCount(1)
        .startsWith("error: Govcloud needs JDK 17 and found no Java; install it")
        .contains("apt install openjdk-17-jdk");
  }

  @Test
  void otherJava_saysWhichWasFoundAndWhatToInstall() throws Exception {
    program(tools.resolve("java"), "echo 'openjdk version \"21.0.2\"' >&2");
    var outcome = run(jdk(21), "status");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output())
        .hasLineCount(1)
        .contains("needs JDK 17 and found only openjdk version \"21.0.2\"")
        .contains("JAVA_HOME");
  }

  @Test
  void noMaven_saysInOneSentenceWhatToInstall() throws Exception {
    var outcome = run(jdk(17), "status");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output()).hasLineCount(1).contains("apt install maven");
  }

  @Test
  void changedSources_areBuiltForUpOnly() throws Exception {
    var house = script.getParent();
    Files.createDirectories(house.resolve("node/target/lib"));
    Files.createDirectories(house.resolve("cli/target"));
    Files.writeString(house.resolve("cli/target/govcloud-cli.jar"), "");
    Files.writeString(house.resolve("cli/target/.built"), "");
    Files.writeString(house.resolve("cli/target/govcloud.jsa"), "");
    var source = Files.createDirectories(house.resolve("cli/src/main")).resolve("New.java");
    Files.writeString(source, "");
    Files.setLastModifiedTime(house.resolve("cli/target/.built"), FileTime.fromMillis(0));
    var status = run(jdk(17), "status");
    assertThat(status.exitCode()).isZero();
    assertThat(status.output()).startsWith("ran ").endsWith("govcloud-cli.jar status");
    assertThat(run(jdk(17), "up").output()).contains("apt install maven");
  }
}
