package govcloud.recovery.command;

import govcloud.cli.output.ProgressBar;
import govcloud.cli.output.Terminal;
import govcloud.protobuf.replica.v1.PersonKey;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.command.TargetTask.Work;
import govcloud.recovery.index.ArchiveIndex;
import govcloud.recovery.index.IndexScan;
import govcloud.recovery.plan.Estimate;
import govcloud.recovery.plan.PlanScan;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.progress.Snapshot;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.prove.Prover;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.restore.EarlyRestore;
import govcloud.recovery.restore.EarlyTenants;
import govcloud.recovery.restore.Restore;
import govcloud.recovery.restore.RestoreSettings;
import govcloud.recovery.restore.RestoreSettings.Writer;
import govcloud.recovery.restore.Target;
import govcloud.recovery.restore.TargetTenants;
import govcloud.recovery.restore.VaultRestore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.statement.DamagedReplicaException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parts of a recovery with somebody who watches; a drill runs the same ones.
 *
 * @param threads slices that are worked on at the same time
 */
record Stages(Terminal terminal, Clock clock, int threads) {

  /** Counts everything that is there. */
  RecoveryPlan count(Work work) throws RecoveryException {
    try {
      return count(work, work.replica().point(OptionalLong.empty()));
    } catch (ArchiveStoreException | DamagedReplicaException e) {
      throw new RecoveryException(Code.RECOVERY_ARCHIVE_DAMAGED, e.getMessage(), e);
    }
  }

  /** Counts what is there up to a point. */
  RecoveryPlan count(Work work, RecoveryPoint latest) throws RecoveryException {
    try (ProgressBar bar = new ProgressBar(terminal, clock, "counting", "")) {
      PlanScan scan = new PlanScan(work.replica(), latest, work.point().cut());
      work.watch().counting(scan);
      RecoveryPlan plan =
          Watched.run(() -> scan.run(threads), () -> bar.update(scan.share(), 0, ""));
      work.watch().counted(plan);
      return plan;
    }
  }

  /** Whether an earlier run began with bringing single tenants back; it is ended first. */
  boolean isEarlyBegun(Work work) throws RecoveryException {
    return !new EarlyTenants(work.target()).names().isEmpty();
  }

  /**
   * Brings the cloud's own entities and the first department back and proves them, before the log
   * of all; nothing where that was done, or the log is begun.
   *
   * @param opens whether nodes may serve the department then
   * @param withVault whether the keys of people are brought back
   * @param pinned the department that is first; empty: the one that was pinned before, or in order
   */
  void early(Work work, boolean opens, boolean withVault, Optional<String> pinned)
      throws RecoveryException {
    work.target().claim(work.point());
    TargetTenants order = new TargetTenants(work.target(), work.watch()::tenantProved, opens);
    if (!EarlyRestore.isDue(work.target(), order)) {
      return;
    }
    // Where nodes may have worked, they have made and erased keys since.
    boolean bringsVault = withVault && !work.target().served();
    RecoveryPoint point = new EarlyTenants(work.target()).fixed(work.point());
    var people = bringsVault ? VaultRestore.people(work.replica()) : List.<PersonKey>of();
    IndexScan scan = new IndexScan(work.replica(), point, people);
    try (ProgressBar bar = new ProgressBar(terminal, clock, "first department", "")) {
      Watched.run(
          () -> {
            ArchiveIndex index = scan.run(threads);
            EarlyRestore restore =
                new EarlyRestore(
                    work.replica(), work.target(), point, RestoreSettings.of(threads), index);
            restore.begin(order, pinned);
            if (bringsVault) {
              vault(new VaultRestore(work.replica(), work.target(), index::erased));
            }
            restore.run(order);
            return null;
          },
          () -> bar.update(scan.share() / 2, 0, ""));
    }
  }

  /** Brings the keys of people back, and says how many. */
  void vault(Work work) throws RecoveryException {
    vault(new VaultRestore(work.replica(), work.target()));
  }

  private void vault(VaultRestore restore) throws RecoveryException {
    restore
        .run()
        .ifPresent(
            vault ->
                terminal.say(
                    "Keys of people: %,d of vault copy %d; %,d left out, which were erased."
                        .formatted(vault.people(), vault.copy(), vault.erased())));
  }

  /**
   * Restores.
   *
   * @return whether it went on with an earlier run
   */
  boolean restore(Work work, boolean proofFollows, Writer writer) throws RecoveryException {
    return restore(work, proofFollows, writer, Restore::run);
  }

  /** Restores what came since an earlier point that the keyspace holds; true. */
  boolean advance(Work work, boolean proofFollows, Writer writer) throws RecoveryException {
    return restore(work, proofFollows, writer, Restore::advance);
  }

  private interface Way {
    boolean run(Restore restore) throws RecoveryException;
  }

  private boolean restore(Work work, boolean proofFollows, Writer writer, Way way)
      throws RecoveryException {
    RecoveryPoint point = new EarlyTenants(work.target()).fixed(work.point());
    Restore restore =
        new Restore(work.replica(), work.target(), point, RestoreSettings.of(threads).with(writer));
    work.watch().restoring(restore.progress(), proofFollows);
    try (ProgressBar bar = new ProgressBar(terminal, clock, "restoring", "records")) {
      boolean again =
          Watched.run(
              () -> way.run(restore),
              () ->
                  bar.update(
                      restore.progress().share(),
                      restore.progress().records(),
                      band(work.watch().snapshot())));
      work.watch().restored();
      terminal.say("Written by " + restore.progress().writer() + ".");
      return again;
    }
  }

  /**
   * Proves, and notes in the keyspace what was found.
   *
   * @param opens whether nodes may serve each department as soon as it is proved
   */
  ProofReport prove(Work work, boolean opens) throws RecoveryException {
    if (!work.target().whole()) {
      throw new RecoveryException(
          Code.RECOVERY_TARGET_OTHER,
          "keyspace " + work.target().keyspace() + ": not restored (expected: by recover restore)");
    }
    work.target().claim(work.point());
    RecoveryPoint point =
        work.target().served() || work.point().copied().isPresent()
            ? work.point().upTo(work.target().restoredSegments())
            : work.point();
    Prover prover =
        new Prover(
            work.replica(), point, work.target().session(), work.target().keyspace(), threads);
    work.watch().proving(prover.progress());
    try (ProgressBar bar = new ProgressBar(terminal, clock, "proving", "records")) {
      ProofReport report =
          Watched.run(
              () -> prover.run(new TargetTenants(work.target(), work.watch()::tenantProved, opens)),
              () ->
                  bar.update(
                      prover.progress().share(),
                      prover.progress().replayed(),
                      band(work.watch().snapshot())));
      work.watch().proved(report);
      Target.State good = point.copied().isPresent() ? Target.State.COPY : Target.State.PROVED;
      work.target().reached(report.isProved() ? good : Target.State.REFUTED);
      return report;
    }
  }

  private static String band(Snapshot now) {
    return now.left()
        .filter(left -> !left.likely().isZero())
        .map(left -> "80 %: " + seconds(left.low()) + "–" + time(left))
        .orElse("");
  }

  private static long seconds(Duration duration) {
    return Math.round(duration.toMillis() / 1000.0);
  }

  private static String time(Estimate left) {
    return seconds(left.high()) + " s";
  }
}
