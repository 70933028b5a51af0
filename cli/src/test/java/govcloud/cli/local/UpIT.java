package govcloud.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.TestTerminal;
import govcloud.cli.command.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class UpIT {
  @TempDir private Path folder;

  private String home() {
    return folder.resolve("home").toString();
  }

  @Test
  void cloud_upKilledHealedAndDown_leavesNothingRunning_andTellsNoSecret() throws IOException {
    Path library = NodeLaunch.library(Installation.root());
    assumeTrue(Files.isDirectory(library), "the program is not packaged: " + library);
    TestTerminal up = new TestTerminal();
    assertThat(up.run("up", "--home", home(), "--port", "0", "--empty")).as(up.err()).isZero();
    try {
      assertThat(up.out()).contains("/?token=").contains("sibling");
      awaitReplica();
      assertThat(new TestTerminal().run("up", "--home", home())).isEqualTo(6);
      awaitHealthy();
      requireNoSecretTold();
      requireOnlyIntendedListeners();
      Path archive = library.resolveSibling("node.jsa");
      await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(archive));
      TestTerminal kill = new TestTerminal();
      assertThat(kill.run("node", "kill", "node-2", "--yes", "--home", home())).isZero();
      TestTerminal add = new TestTerminal();
      assertThat(add.run("node", "add", "--home", home())).as(add.err()).isZero();
      awaitHealthy();
      assertThat(running(home() + "/nodes/"))
          .anyMatch(line -> line.contains("-XX:SharedArchiveFile=" + archive));
    } finally {
      assertThat(new TestTerminal().run("down", "--home", home())).isZero();
    }
    assertThat(running(home())).isEmpty();
    assertThat(CloudHome.read(new ObjectMapper(), new CloudHome(Path.of(home())).cloud()))
        .isEmpty();
  }

  /** Command lines of processes in which this text is. */
  private static List<String> running(String text) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(text))
        .toList();
  }

  /** Both clouds as somebody sees them from outside; see {@code docs/security/outside-scan.md}. */
  private void requireOnlyIntendedListeners() throws IOException {
    CloudHome cloud = new CloudHome(Path.of(home()));
    OutsideScan scan = new OutsideScan().with(cloud).with(cloud.sibling());
    List<ProcessHandle> processes =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains(home()))
            .toList();
    assertThat(processes).as("supervisors, Cassandras and nodes").hasSizeGreaterThan(5);
    assertThat(scan.findings(processes)).isEmpty();
  }

  /** Whoever reads logs, configuration, command lines or environments learns no secret. */
  private void requireNoSecretTold() throws IOException {
    SecretScan scan = new SecretScan(Path.of(home()));
    for (String holder :
        List.of(
            "token",
            "first-codes.json",
            "keys/link.key",
            "recovery-shares/",
            "pki/public-",
            "pki/cluster-",
            "cassandra/password-",
            "ledger-key-1",
            "ledger-witness-key",
            "sibling/token",
            "sibling/keys/link.key",
            "sibling/recovery-shares/")) {
      assertThat(scan.holders()).anyMatch(file -> file.startsWith(holder));
    }
    assertThat(scan.processes()).as("supervisors, Cassandras and nodes").hasSizeGreaterThan(5);
    assertThat(scan.leaks()).as("places of secrets, and whose they are").isEmpty();
    Path planted = Path.of(home(), "planted.log");
    Files.writeString(planted, "told: " + scan.any());
    assertThat(scan.leaks()).containsOnlyKeys("planted.log");
    Files.delete(planted);
  }

  /** A change in the home cloud is in the sibling's archive soon after. */
  private void awaitReplica() {
    Path segments = folder.resolve("home/sibling/received/segments");
    TestTerminal register = new TestTerminal();
    String[] command = {
      "tenant",
      "register",
      "harbour",
      "--zh",
      "港务局",
      "--en",
      "Harbour",
      "--credit-code",
      "11999999MB1234567M",
      "--division",
      "999999",
      "--plan",
      "large",
      "--home",
      home()
    };
    assertThat(register.run(command)).as(register.err()).isZero();
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(segments).isNotEmptyDirectory());
    assertThat(folder.resolve("home/keys/siblings")).isNotEmptyDirectory();
    assertThat(folder.resolve("home/recovery-shares")).isNotEmptyDirectory();
  }

  private void awaitHealthy() {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> assertThat(new TestTerminal().run("status", "--home", home())).isZero());
  }
}
