package govcloud.recovery.command;

import govcloud.cli.ExitCode;
import govcloud.cli.output.ProgressBar;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.page.PageServer;
import govcloud.recovery.plan.Estimate;
import govcloud.recovery.plan.PlanScan;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.progress.RecoveryWatch;
import govcloud.recovery.progress.Snapshot;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.prove.Prover;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.recovery.restore.Restore;
import govcloud.recovery.restore.RestoreSettings;
import govcloud.recovery.restore.Target;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.statement.DamagedReplicaException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;

/** A command that works on the keyspace in which a cloud is rebuilt. */
abstract class TargetTask extends RecoveryTask {
  @Mixin private ArchiveOptions archive;
  @Mixin private ShareOptions shares;
  @Mixin private PointOption point;
  @Mixin private TargetOptions target;
  @Mixin private ThreadsOption threads;
  @Mixin private ShowOptions show;

  /**
   * Everything that is at hand.
   *
   * @param archive what the sibling has
   * @param replica the same with keys
   * @param point up to where
   * @param target where to
   * @param watch sees how far it is
   */
  record Work(
      ArchiveOptions.Opened archive,
      Replica replica,
      RecoveryPoint point,
      Target target,
      RecoveryWatch watch) {}

  /** Does it. */
  abstract ExitCode run(Work work) throws RecoveryException;

  @Override
  final ExitCode run()
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException {
    ArchiveOptions.Opened opened = archive.open(terminal());
    Replica replica = shares.open(opened);
    try (RecoverySecrets secrets = replica.secrets();
        Target keyspace = Target.open(target.settings(), secrets.cloud())) {
      RecoveryPoint to = replica.point(point.cut());
      RecoveryWatch watch =
          new RecoveryWatch(secrets.cloud(), replica.trust().receiver(), to, clock());
      Work work = new Work(opened, replica, to, keyspace, watch);
      Optional<PageServer> page = show.page(terminal(), watch);
      try {
        ExitCode code = run(work);
        page.ifPresent(this::linger);
        return code;
      } finally {
        page.ifPresent(PageServer::close);
      }
    }
  }

  /** The page shows the end before the tool ends: as long as a person wants to look at it. */
  private void linger(PageServer page) {
    if (terminal().interactive()) {
      terminal()
          .say(
              "The page is still at "
                  + page.address().replaceFirst("\\?.*", "")
                  + "; Enter ends it.");
      try {
        terminal().in().read();
      } catch (java.io.IOException e) {
        terminal().say("The page ends.");
      }
    } else {
      page.awaitSeen();
    }
  }

  final ShowOptions shown() {
    return show;
  }

  /** Counts what is there, where somebody wants to see it. */
  final Optional<RecoveryPlan> count(Work work) throws RecoveryException {
    if (!show.wantsCount()) {
      return Optional.empty();
    }
    try (ProgressBar bar = new ProgressBar(terminal(), clock(), "counting", "")) {
      RecoveryPoint latest = work.replica().point(OptionalLong.empty());
      PlanScan scan = new PlanScan(work.replica(), latest, work.point().cut());
      work.watch().counting(scan);
      RecoveryPlan plan =
          Watched.run(() -> scan.run(threads.threads()), () -> bar.update(scan.share(), 0, ""));
      work.watch().counted(plan);
      return Optional.of(plan);
    } catch (ArchiveStoreException | DamagedReplicaException e) {
      throw new RecoveryException(Code.RECOVERY_ARCHIVE_DAMAGED, e.getMessage(), e);
    }
  }

  /**
   * Restores.
   *
   * @return whether it went on with an earlier run
   */
  final boolean restore(Work work, boolean proofFollows) throws RecoveryException {
    Restore restore =
        new Restore(
            work.replica(), work.target(), work.point(), RestoreSettings.of(threads.threads()));
    work.watch().restoring(restore.progress(), proofFollows);
    try (ProgressBar bar = new ProgressBar(terminal(), clock(), "restoring", "records")) {
      boolean again =
          Watched.run(
              restore::run,
              () ->
                  bar.update(
                      restore.progress().share(),
                      restore.progress().records(),
                      band(work.watch().snapshot())));
      work.watch().restored();
      return again;
    }
  }

  /** Proves, and notes in the keyspace what was found. */
  final ProofReport prove(Work work) throws RecoveryException {
    if (work.target().state().filter(state -> state != Target.State.RESTORING).isEmpty()) {
      throw new RecoveryException(
          Code.RECOVERY_TARGET_OTHER,
          "keyspace " + work.target().keyspace() + ": not restored (expected: by recover restore)");
    }
    work.target().claim(work.point());
    Prover prover =
        new Prover(
            work.replica(),
            work.point(),
            work.target().session(),
            work.target().keyspace(),
            threads.threads());
    work.watch().proving(prover.progress());
    try (ProgressBar bar = new ProgressBar(terminal(), clock(), "proving", "records")) {
      ProofReport report =
          Watched.run(
              prover::run,
              () ->
                  bar.update(
                      prover.progress().share(),
                      prover.progress().replayed(),
                      band(work.watch().snapshot())));
      work.watch().proved(report);
      work.target().reached(report.isProved() ? Target.State.PROVED : Target.State.REFUTED);
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
