package govcloud.recovery.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.output.Column;
import govcloud.cli.output.ProgressBar;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.plan.CopyPlan;
import govcloud.recovery.plan.CopyScan;
import govcloud.recovery.plan.Estimate;
import govcloud.recovery.plan.PlanScan;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.plan.TenantPlan;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.ReplicaSecrets;
import govcloud.replication.statement.DamagedReplicaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What would a recovery do? */
@Command(
    name = "plan",
    description = {
      "Tell what a recovery would do, take and lose, and write nothing.",
      "Reads everything that a recovery would read. Tells for each tenant what there is and what",
      "would be lost behind the last cut, in which order tenants matter, how long it takes, whether",
      "there is room, and who has to approve."
    },
    footer = {
      "recover plan --archive /srv/received --shares /media/shares",
      "recover plan --archive /srv/received --shares /media/shares --cut 12 --disk /var/lib/cassandra",
      "recover plan --archive /srv/received --shares /media/shares --tenant housing"
    })
final class PlanCommand extends RecoveryTask {
  /** Records a second; a cautious guess for as long as no drill has measured it here. */
  private static final double USUAL_RATE = 10_000;

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("ORDER", "order"),
          Column.of("TENANT", "tenant"),
          Column.local("NAME", "name"),
          Column.of("CLASS", "disaster_class"),
          Column.of("ENTITIES", "entities"),
          Column.of("RECORDS", "records"),
          Column.of("BEHIND CUT", "records_behind_cut"),
          Column.of("EVENTS", "events_behind_cut"));

  private static final List<Column> COPY =
      List.of(
          Column.of("department", "tenant"),
          Column.of("point", "point"),
          Column.of("entities", "entities"),
          Column.of("records", "records"),
          Column.of("behind the cut", "records_behind_cut"),
          Column.of("bytes read", "bytes_read"),
          Column.of("bytes of its records", "bytes"),
          Column.of("bytes needed", "capacity.needed_bytes"),
          Column.of("seconds, about", "estimate.seconds"));

  @Mixin private ArchiveOptions archive;
  @Mixin private ShareOptions shares;
  @Mixin private PointOption point;
  @Mixin private ThreadsOption threads;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "What a copy of one department would take (restore --tenant).")
  private String tenant;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Records a second that a drill measured here; makes the estimate narrower.")
  private Double rate;

  @Option(
      names = "--disk",
      paramLabel = "FOLDER",
      description = "Cassandra's data folder, to see whether there is room.")
  private Path disk;

  @Option(
      names = "--lost-at",
      paramLabel = "TIME",
      description = "When the site was lost, such as 2026-11-28T06:31:00Z.")
  private Instant lostAt;

  @Override
  ExitCode run()
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException {
    if (rate != null && rate <= 0) {
      throw usage("rate: " + rate + " (expected: > 0)");
    }
    ArchiveOptions.Opened opened = archive.open(terminal());
    Replica replica = shares.open(opened);
    try (ReplicaSecrets secrets = replica.secrets()) {
      if (tenant != null) {
        return copy(replica);
      }
      RecoveryPoint latest = replica.point(OptionalLong.empty());
      PlanScan scan = new PlanScan(replica, latest, point.point(replica).cut());
      RecoveryPlan plan = scan(scan);
      ObjectNode result =
          document(plan, secrets.cloud(), opened.cards().lost().recovery().needed());
      show(plan, result);
      boolean room = result.path("capacity").path("enough").asBoolean(true);
      return room ? ExitCode.OK : ExitCode.FINDINGS;
    }
  }

  private ExitCode copy(Replica replica)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException {
    CopyScan scan = new CopyScan(replica, point.point(replica, Optional.of(tenant)));
    CopyPlan plan;
    try (ProgressBar bar = new ProgressBar(terminal(), clock(), "reading", "")) {
      plan = Watched.run(() -> scan.run(threads.threads()), () -> bar.update(scan.share(), 0, ""));
    }
    ObjectNode result = PlanDocument.of(plan);
    estimate(result, plan.records());
    boolean room = capacity(result, plan.neededBytes());
    output().one(result, COPY);
    return room ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private RecoveryPlan scan(PlanScan scan) throws RecoveryException {
    try (ProgressBar bar = new ProgressBar(terminal(), clock(), "reading", "")) {
      return Watched.run(() -> scan.run(threads.threads()), () -> bar.update(scan.share(), 0, ""));
    }
  }

  private ObjectNode document(RecoveryPlan plan, String cloud, int needed) {
    ObjectNode result = PlanDocument.of(plan, cloud);
    estimate(result, plan.records());
    capacity(result, plan.neededBytes());
    Optional.ofNullable(lostAt)
        .ifPresent(at -> result.put("unknown_seconds", PlanDocument.unknown(plan, at).toSeconds()));
    result
        .putArray("approvals")
        .add(needed + " holders of shares of the recovery key of " + cloud)
        .add("two different officers, before the rebuilt cloud serves anybody");
    return result;
  }

  private void estimate(ObjectNode result, long records) {
    Estimate estimate = Estimate.of(records, rate == null ? USUAL_RATE : rate, rate != null);
    ObjectNode eta = result.putObject("estimate");
    eta.put("seconds", estimate.likely().toSeconds());
    eta.put("seconds_low", estimate.low().toSeconds());
    eta.put("seconds_high", estimate.high().toSeconds());
    eta.put("measured", rate != null);
  }

  /** Whether there is room, as far as that is asked. */
  private boolean capacity(ObjectNode result, long needed) {
    ObjectNode capacity = result.putObject("capacity");
    capacity.put("needed_bytes", needed);
    free().ifPresent(free -> capacity.put("free_bytes", free).put("enough", free >= needed));
    return capacity.path("enough").asBoolean(true);
  }

  private Optional<Long> free() {
    if (disk == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.getFileStore(disk).getUsableSpace());
    } catch (IOException e) {
      throw usage("disk: " + disk + " (expected: a folder that is there)");
    }
  }

  private void show(RecoveryPlan plan, ObjectNode result) {
    switch (output().format()) {
      case json -> output().one(result, List.of());
      case jsonl -> output().line(result);
      case table -> {
        List<JsonNode> items = new ArrayList<>();
        result.get("tenants").forEach(items::add);
        output().list(items, COLUMNS);
        say(plan, result);
      }
    }
  }

  private void say(RecoveryPlan plan, ObjectNode result) {
    terminal()
        .say(
            "All: %,d tenants, %,d entities, %,d records, %,d bytes of segments."
                .formatted(plan.tenants().size(), plan.entities(), plan.records(), plan.bytes()));
    PlanDocument.loss(plan, Optional.ofNullable(lostAt)).forEach(terminal()::say);
    for (TenantPlan tenant : plan.tenants()) {
      if (tenant.lost() > 0) {
        terminal().say("  " + PlanDocument.shown(tenant.tenant()) + ": " + words(tenant));
      }
    }
    JsonNode eta = result.get("estimate");
    terminal()
        .say(
            "Restore and proof take about %s; with 80 %% certainty %s to %s (%s)."
                .formatted(
                    time(eta.path("seconds")),
                    time(eta.path("seconds_low")),
                    time(eta.path("seconds_high")),
                    rate == null ? "not measured here; --rate makes it narrower" : "measured"));
    JsonNode capacity = result.get("capacity");
    String free =
        capacity.has("free_bytes")
            ? "%,d are free: %s"
                .formatted(
                    capacity.path("free_bytes").asLong(),
                    capacity.path("enough").asBoolean() ? "enough" : "NOT enough")
            : "not compared; say --disk";
    terminal()
        .say(
            "Each replica of the target needs about %,d bytes; %s."
                .formatted(plan.neededBytes(), free));
    result.get("approvals").forEach(who -> terminal().say("Has to approve: " + who.asText() + "."));
  }

  private String words(TenantPlan tenant) {
    return tenant.lostInWords().in(terminal().language());
  }

  private static String time(JsonNode seconds) {
    Duration duration = Duration.ofSeconds(seconds.asLong());
    return duration.toMinutes() >= 2 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
  }
}
