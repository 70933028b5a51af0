package govcloud.recovery.command;

import govcloud.cli.ExitCode;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.page.PageServer;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.progress.RecoveryWatch;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.recovery.replica.Witnessed;
import govcloud.recovery.restore.Target;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.ReplicaSecrets;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that works on the keyspace in which a cloud is rebuilt. */
abstract class TargetTask extends RecoveryTask {
  @Mixin private ArchiveOptions archive;
  @Mixin private ShareOptions shares;
  @Mixin private PointOption point;
  @Mixin private TargetOptions target;
  @Mixin private ThreadsOption threads;
  @Mixin private ShowOptions show;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = {
        "A copy of one department alone, into a keyspace of its own: to look at what it was, never",
        "to be a cloud. Reads and writes nothing of the others."
      })
  private String tenant;

  @Option(
      names = "--open",
      description = {
        "Open departments one by one: as soon as the cloud's own entities are proved, nodes may",
        "start, and each department is served from its own proof on. One that is not as it was",
        "stays closed."
      })
  private boolean open;

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
      RecoveryWatch watch) {

    /** The sibling's signature over the cut, looked up now; empty where there is no cut. */
    Optional<Witnessed> witnessed() {
      return point.cut().map(replica::witnessed);
    }
  }

  /** Does it. */
  abstract ExitCode run(Work work) throws RecoveryException;

  /** The keyspace, which is there: only who restores makes one. */
  Target open(CassandraSettings settings, String cloud) throws RecoveryException {
    return Target.find(settings, cloud);
  }

  /** The department of which a copy is made; empty: the whole cloud. */
  final Optional<String> tenant() {
    return Optional.ofNullable(tenant);
  }

  @Override
  final ExitCode run()
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException {
    ArchiveOptions.Opened opened = archive.open(terminal());
    Replica replica = shares.open(opened);
    try (ReplicaSecrets secrets = replica.secrets();
        Target keyspace = open(target.settings(), secrets.cloud())) {
      RecoveryPoint to = point.point(replica, Optional.ofNullable(tenant));
      RecoveryWatch watch =
          new RecoveryWatch(secrets.cloud(), replica.trust().receiver(), to, clock());
      Work work = new Work(opened, replica, to, keyspace, watch);
      Optional<PageServer> page = show.page(terminal(), watch, keyspace);
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

  /** Whether nodes may serve each department as soon as it is proved. */
  final boolean opens() {
    return open;
  }

  /** Writes the report, if it is wanted; shows what was proved, and gives the exit code. */
  final ExitCode tell(Work work, Optional<RecoveryPlan> plan, ProofReport proof)
      throws RecoveryException {
    // Looked up once: what the report says and what is shown are the same.
    Optional<Witnessed> witnessed = work.witnessed();
    show.report(this, work, plan, proof, witnessed);
    return ProofDocument.show(this, work, proof, witnessed);
  }

  /** How its parts run. */
  final Stages stages() {
    return new Stages(terminal(), clock(), threads.threads());
  }

  /** Counts what is there, where somebody wants to see it. */
  final Optional<RecoveryPlan> count(Work work) throws RecoveryException {
    return show.wantsCount() && tenant == null
        ? Optional.of(stages().count(work))
        : Optional.empty();
  }
}
