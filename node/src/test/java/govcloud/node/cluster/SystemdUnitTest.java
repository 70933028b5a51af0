package govcloud.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a node may do as a service. */
class SystemdUnitTest {
  private static final Pattern FOLDER = Pattern.compile("(?:-folder|outbox|inbox) = \"(/[^\"]+)\"");

  @Test
  void drill_isAskedForByATimerAndRunsWhatIsDueAsTheNodesUser() throws Exception {
    Path folder = Path.of("../cluster-configs/systemd");
    assertThat(Files.readAllLines(folder.resolve("govcloud-drill.timer")))
        .contains("OnCalendar=*:0/15", "Persistent=true", "WantedBy=timers.target");
    List<String> service = Files.readAllLines(folder.resolve("govcloud-drill.service"));
    assertThat(service)
        .contains("Type=oneshot", "User=govcloud", "ProtectSystem=strict")
        .contains("ExecStart=/opt/govcloud/govcloud drill run --due");
    assertThat(Files.readString(Path.of("../docs/runbook-drill.md")))
        .contains("govcloud drill run --due", "systemd/govcloud-drill.timer");
  }

  @Test
  void node_mayWriteWhereTheDocumentsPutItsFolders_andNowhereElse() throws Exception {
    List<String> unit =
        Files.readAllLines(Path.of("../cluster-configs/systemd/govcloud-node.service"));
    assertThat(unit).contains("ProtectSystem=strict", "StateDirectory=govcloud");
    List<String> writable =
        unit.stream()
            .filter(line -> line.startsWith("ReadWritePaths="))
            .flatMap(line -> Stream.of(line.substring("ReadWritePaths=".length()).split(" ")))
            .map(path -> path.replaceFirst("^-", "") + "/")
            .toList();
    Matcher folders = FOLDER.matcher(Files.readString(Path.of("../docs/replication-file-drop.md")));
    assertThat(folders.results().map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(folder -> assertThat(writable).anyMatch(folder::startsWith));
  }
}
