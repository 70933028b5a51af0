package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.Failover;
import govcloud.localcassandra.LocalCassandra;
import govcloud.recovery.LostCloud;
import govcloud.recovery.report.ReportFiles;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.keys.GivenUpSite;
import govcloud.replication.keys.KeyDeeds;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.store.FileSystemArchiveStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A cloud is moved to another site and back, with work at each; on a real Cassandra. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchOverCommandIT {
  private final LocalCassandra cassandra = LocalCassandra.shared();
  private Path folder;
  private LostCloud cloud;

  @BeforeAll
  void open(@TempDir Path temporary) {
    folder = temporary;
  }

  private Run target(ExitCode expected, String command, String keyspace, String... more) {
    InetSocketAddress node = cassandra.contactPoint();
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--cassandra", node.getHostString() + ":" + node.getPort()));
    all.addAll(List.of("--keyspace", keyspace));
    return run(expected, all, more);
  }

  private Run run(ExitCode expected, List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of("--archive", cloud.archive().toString(), "--shares"));
    all.add(cloud.shares().get(0).getParent().toString());
    all.addAll(List.of(more));
    return Run.of(expected, all.toArray(new String[0]));
  }

  /** Restores and proves; the report lies in a folder of the keyspace's name. */
  private Path proved(String keyspace, String... officers) {
    Path report = folder.resolve(keyspace);
    target(ExitCode.OK, "restore", keyspace);
    List<String> more = new ArrayList<>(List.of("--report", report.toString()));
    for (String officer : officers) {
      more.addAll(List.of("--approved-by", officer));
    }
    target(ExitCode.OK, "prove", keyspace, more.toArray(new String[0]));
    return report;
  }

  private Run move(ExitCode expected, String command, String site, Path homeArchive, Path report)
      throws Exception {
    String keyspace = report.getFileName().toString();
    Path approval = approval(DangerousCommand.SWITCH_OVER, keyspace);
    return move(expected, command, site, homeArchive, report, "--approval", approval.toString());
  }

  /** That two officers of the sibling have signed the next site. */
  private Path approval(DangerousCommand command, String keyspace) throws Exception {
    int epoch = cloud.keys().card().siteEpoch() + 1;
    Failover wanted = new Failover("harbour", epoch, keyspace, OptionalLong.empty());
    String text = Officer.text(command, wanted, Instant.now().minusSeconds(60));
    return Files.writeString(
        Files.createTempFile(folder, "approval", ".json"),
        Officer.approval(cloud.siblingKeys().signing(), text, Officer.of("wang"), Officer.of("sun"))
            .toString());
  }

  private Run move(
      ExitCode expected,
      String command,
      String site,
      Path homeArchive,
      Path report,
      String... approved) {
    List<String> more = new ArrayList<>(List.of(approved));
    more.addAll(List.of("-o", "json"));
    return run(
        expected,
        List.of(
            command,
            "--report",
            report.toString(),
            "--keys",
            keys(site).folder().toString(),
            "--home-archive",
            homeArchive.toString(),
            "--card",
            folder.resolve(site + "-card").toString()),
        more.toArray(new String[0]));
  }

  private KeyFolder keys(String site) {
    return new KeyFolder(folder.resolve(site + "-keys"));
  }

  private void assertRefused(Run run, String code, String site) {
    assertThat(run.err()).contains(code);
    assertThat(keys(site).exists()).as("keys of a site that was not begun").isFalse();
  }

  private void assertNothingLost(Run run, int cut) throws Exception {
    int records = cloud.records().size();
    JsonNode moved = run.json();
    assertThat(moved.path("final_cut").asInt()).isEqualTo(cut);
    assertThat(moved.path("records").asInt()).isEqualTo(records);
    assertThat(moved.path("records_proved").asInt()).isEqualTo(records);
    assertThat(moved.path("records_lost").asInt()).isZero();
    assertThat(run.err())
        .contains("Nothing is lost: %,d of %,d records that harbour".formatted(records, records));
  }

  @Test
  void site_movedAndMovedBack_withWorkAtEach_losesNothing() throws Exception {
    cloud = LostCloud.make(folder.resolve("cloud"), LostCloud.Size.SMALL, 23);
    KeyFolder first = cloud.keys();
    Path missing = folder.resolve("no_report");
    assertRefused(
        move(ExitCode.CONFLICT, "switch-over", "b", folder.resolve("b"), missing),
        "SWITCH_OVER_NOT_DRAINED",
        "b");
    cloud.drain();
    Path archiveOfA = copyOf(cloud.archive());
    Path alone = proved(cassandra.newKeyspaceName("alone"), "zhang");
    assertRefused(
        move(ExitCode.FORBIDDEN, "switch-over", "b", folder.resolve("b"), alone),
        "SWITCH_OVER_NOT_APPROVED",
        "b");

    Path report = proved(cassandra.newKeyspaceName("leg"), "zhang", "li");
    notAsSigned(report);
    saved(report);
    moveToB(first, report);
    cloud.moveTo(keys("b"));
    moveBack(archiveOfA, report);
  }

  /** An approval of a failover, or of another keyspace than the proved one, is none of this. */
  private void notAsSigned(Path report) throws Exception {
    Path place = folder.resolve("b");
    assertThat(move(ExitCode.USAGE, "switch-over", "b", place, report, new String[0]).err())
        .contains("--approval FILE, or --emergency REASON");
    String keyspace = report.getFileName().toString();
    for (Path signed :
        List.of(
            approval(DangerousCommand.FAIL_OVER, keyspace),
            approval(DangerousCommand.SWITCH_OVER, "other"))) {
      assertRefused(
          move(
              ExitCode.FORBIDDEN,
              "switch-over",
              "b",
              place,
              report,
              "--approval",
              signed.toString()),
          "FAILOVER_NOT_APPROVED",
          "b");
    }
  }

  /** What was saved of a damaged archive may end at the cut of a drain that was released. */
  private void saved(Path report) throws Exception {
    Path given = cloud.archive().resolve("given-up.json");
    Files.writeString(given, "{\"cut\": 3, \"segments\": 2}");
    Run run = move(ExitCode.CONFLICT, "switch-over", "b", folder.resolve("b"), report);
    assertRefused(run, "SWITCH_OVER_BEHIND", "b");
    Files.delete(given);
  }

  private void moveToB(KeyFolder first, Path report) throws Exception {
    Run moved = move(ExitCode.OK, "switch-over", "b", folder.resolve("b"), report);
    assertNothingLost(moved, 3);
    assertThat(moved.json().path("site_epoch").asInt()).isEqualTo(2);
    assertThat(moved.json().path("brought_files")).isEqualTo(moved.json().path("archive_files"));
    assertThat(GivenUpSite.of(first.card(), keys("b").card())).isPresent();
    assertThat(moved.json().path("approved_by").toString()).isEqualTo("[\"wang\",\"sun\"]");
    JsonNode kept =
        new ReportFiles(keys("b").folder()).failover(cloud.keys().recovery()).orElseThrow();
    assertThat(kept.path("command").asText()).isEqualTo("replication.switch-over");
    assertThat(new KeyDeeds(keys("b")).unrecorded())
        .extracting(KeyDeeds.Deed::action)
        .containsExactly("site-switch-over");
  }

  private void moveBack(Path archiveOfA, Path report) throws Exception {
    assertRefused(
        move(ExitCode.CONFLICT, "failback", "a3", archiveOfA, report),
        "SWITCH_OVER_NOT_DRAINED",
        "a3");
    cloud.goOn("bureau-7", 5);
    cloud.drain();
    assertRefused(
        move(ExitCode.CONFLICT, "failback", "a3", archiveOfA, report),
        "SWITCH_OVER_NOT_PROVED",
        "a3");

    Path back = proved(cassandra.newKeyspaceName("back"), "zhang", "li");
    int before = files(archiveOfA);
    String said = failedBackAsTheRunbookSays(archiveOfA, back).replaceAll("[ ,]+", " ");
    int records = cloud.records().size();
    int brought = files(archiveOfA) - before;
    assertThat(brought).as("only what the old archive does not have").isLessThan(before);
    assertThat(said)
        .contains("site epoch 3", "final cut 4", "records lost 0", "of them brought " + brought)
        .contains("records in it " + records, "records proved " + records);
    assertThat(files(archiveOfA)).isEqualTo(files(cloud.archive()));
    assertThat(GivenUpSite.of(keys("b").card(), keys("a3").card())).isPresent();
  }

  /** Section 4 of the move as it stands. */
  private String failedBackAsTheRunbookSays(Path archiveOfA, Path report) throws Exception {
    Path approval = approval(DangerousCommand.SWITCH_OVER, report.getFileName().toString());
    Map<String, String> places =
        Map.of(
            "/srv/received",
            cloud.archive().toString(),
            "/media/shares",
            cloud.shares().get(0).getParent().toString(),
            "/srv/report-back",
            report.toString(),
            "$APPROVED",
            "--approval=" + approval,
            "/etc/govcloud/keys-3",
            keys("a3").folder().toString(),
            "/srv/archive",
            archiveOfA.toString(),
            "/srv/card-back",
            folder.resolve("a3-card").toString());
    Run run =
        RunbookBlock.of("runbook-switch-over.md", "./recover failback").run(ExitCode.OK, places);
    assertThat(run.err()).contains("Nothing is lost: ");
    return run.out();
  }

  @Test
  void siteReleasedAfterItsFinalCut_isNotMoved() throws Exception {
    cloud = LostCloud.make(folder.resolve("released"), LostCloud.Size.SMALL, 29);
    cloud.drain();
    Path report = proved(cassandra.newKeyspaceName("released"), "zhang", "li");
    cloud.goOn("bureau-8", 6);
    Run run = move(ExitCode.CONFLICT, "switch-over", "c", folder.resolve("c"), report);
    assertRefused(run, "SWITCH_OVER_BEHIND", "c");
  }

  private Path copyOf(Path archive) throws IOException {
    Path copy = folder.resolve("archive-of-a");
    try (Stream<Path> files = Files.walk(archive)) {
      for (Path file : files.filter(file -> !file.startsWith(cloud.cards())).toList()) {
        Files.copy(file, copy.resolve(archive.relativize(file).toString()));
      }
    }
    return copy;
  }

  private static int files(Path archive) throws Exception {
    FileSystemArchiveStore store = FileSystemArchiveStore.open(archive);
    List<ArchiveName> all = new ArrayList<>();
    for (StatementKind kind :
        List.of(
            StatementKind.SEGMENT,
            StatementKind.RECEIPT,
            StatementKind.MANIFEST,
            StatementKind.CUT,
            StatementKind.COUNTERSIGNATURE)) {
      all.addAll(store.list(kind));
    }
    return all.size();
  }
}
