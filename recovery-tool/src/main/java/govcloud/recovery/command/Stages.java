package govcloud.recovery.command;

import govcloud.cli.output.ProgressBar;
import govcloud.cli.output.Terminal;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.command.TargetTask.Work;
import govcloud.recovery.plan.Estimate;
import govcloud.recovery.plan.PlanScan;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.progress.Snapshot;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.prove.Prover;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.restore.Restore;
import govcloud.recovery.restore.RestoreSettings;
import govcloud.recovery.restore.RestoreSettings.Writer;
import govcloud.recovery.restore.Target;
import govcloud.recovery.restore.TargetTenants;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.statement.DamagedReplicaException;
import java.time.Clock;
import java.time.Duration;
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
    Restore restore =
        new Restore(
            work.replica(), work.target(), work.point(), RestoreSettings.of(threads).with(writer));
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
    if (work.target().state().filter(state -> state != Target.State.RESTORING).isEmpty()) {
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
