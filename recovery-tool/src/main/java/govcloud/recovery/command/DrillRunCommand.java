package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.output.Column;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.drill.DrillResult;
import govcloud.recovery.drill.DrillWork;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.recovery.report.ReportFiles;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.DrillSecrets;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.ReplicaSecrets;
import govcloud.replication.statement.DamagedReplicaException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rehearses a recovery. */
@Command(
    name = "run",
    description = {
      "Restore, prove, start a node on the restored data, try every app, measure, clean up.",
      "Leaves a signed report in the folder of drills. The archive is only read; Cassandra and node",
      "are its own, on loopback, and gone afterwards. The drill key opens the replica; it can vouch",
      "for nothing, so no share of the recovery key is needed."
    },
    footer = {
      "recover drill run --archive /srv/received --drill-key /etc/govcloud/drill.key \\",
      "    --drill-grants /etc/govcloud/keys/drill --drills /srv/drills --approved-by li",
      "recover drill run --archive /srv/received --drill-key /etc/govcloud/drill.key \\",
      "    --drill-grants /etc/govcloud/keys/drill --drills /srv/drills --approved-by li --sample 4"
    })
final class DrillRunCommand extends RecoveryTask {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'drill-'yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("drill", "drill"),
          Column.of("outcome", "outcome"),
          Column.of("scope", "scope"),
          Column.of("records", "measured.records"),
          Column.of("proved after, s", "measured.proved_seconds"),
          Column.of("first tenant usable after, s", "measured.first_tenant_seconds"),
          Column.of("all usable after, s", "measured.recovery_time_seconds"),
          Column.of("age of the last record, s", "measured.recovery_point_age_seconds"),
          Column.of("why", "failure"));

  @Mixin private ArchiveOptions archive;
  @Mixin private DrillKeyOptions keys;
  @Mixin private PointOption point;
  @Mixin private ThreadsOption threads;

  @Option(
      names = "--drills",
      paramLabel = "FOLDER",
      required = true,
      description = "Where reports are kept, and where it works meanwhile.")
  private Path drills;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Only N slices, others each day; proved, but without a node.")
  private Integer sample;

  @Option(
      names = "--asked-by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who wants it. Default: ${DEFAULT-VALUE}.")
  private String askedBy;

  @Option(
      names = "--approved-by",
      paramLabel = "NAME",
      description = "Who approves it: somebody else. Can be repeated.")
  private List<String> approvedBy = new ArrayList<>();

  @Override
  ExitCode run()
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException {
    DrillOrder order = order();
    ArchiveOptions.Opened opened = archive.open(terminal());
    try (ReplicaSecrets secrets = keys.open(opened);
        DrillWork place = DrillCommand.take(drills)) {
      DrillWork.LeftOvers left = place.clear();
      if (!left.isNothing()) {
        terminal().say("Cleared up after a drill that was killed.");
      }
      Replica replica = ArchiveOptions.replica(opened, secrets);
      return run(place, opened, replica, order);
    } catch (IOException e) {
      throw DrillCommand.unusable(drills, e);
    }
  }

  private DrillOrder order() {
    List<String> others =
        approvedBy.stream().distinct().filter(who -> !who.equals(askedBy)).toList();
    if (others.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FORBIDDEN,
          "DRILL_NOT_APPROVED",
          "approved by: %s (expected: somebody other than %s, who asks)"
              .formatted(approvedBy.isEmpty() ? "nobody" : String.join(", ", approvedBy), askedBy));
    }
    if (sample != null && sample < 1) {
      throw usage("sample: " + sample + " (expected: >= 1 slices)");
    }
    return new DrillOrder(Optional.ofNullable(sample), askedBy, others);
  }

  private ExitCode run(
      DrillWork place, ArchiveOptions.Opened opened, Replica replica, DrillOrder order)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, IOException {
    Instant now = clock().instant().truncatedTo(ChronoUnit.SECONDS);
    RecoveryPoint whole = point.point(replica);
    RecoveryPoint to =
        order.sample().map(count -> whole.only(some(whole, count, now))).orElse(whole);
    String id = NAME.format(now);
    Path folder = drills.resolve(id);
    ReportFiles files = new ReportFiles(folder);
    ObjectNode begun = DrillDocument.begun(id, replica, to, order, now);
    files.begin(begun);
    Stages stages = new Stages(terminal(), clock(), threads.threads());
    boolean withNode = order.sample().isEmpty();
    DrillResult result =
        new DrillRun(id, opened, replica, to, stages, withNode, new SecureRandom()).run(place);
    place.clear();
    ObjectNode report = DrillDocument.ended(begun, opened, replica, to, result, clock().instant());
    files.write(report, replica.secrets());
    if (replica.secrets() instanceof DrillSecrets drill) {
      files.keep(drill.card());
    }
    output().one(report, COLUMNS);
    terminal().say("Signed report: " + folder.resolve("report.html"));
    return result.outcome() == DrillResult.Outcome.GOOD ? ExitCode.OK : ExitCode.FINDINGS;
  }

  /** Others each day, so that after some days every slice had its turn. */
  private static SortedSet<Integer> some(RecoveryPoint whole, int count, Instant now) {
    List<Integer> all = List.copyOf(whole.lastSegments().keySet());
    long day = now.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    SortedSet<Integer> some = new TreeSet<>();
    for (int i = 0; i < Math.min(count, all.size()); i++) {
      some.add(all.get((int) Math.floorMod(day * count + i, (long) all.size())));
    }
    return some;
  }
}
