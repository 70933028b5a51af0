package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.local.IsolatedNode;
import govcloud.cli.output.Column;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.command.TargetTask.Work;
import govcloud.recovery.drill.DrillWork;
import govcloud.recovery.progress.RecoveryWatch;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.recovery.restore.RestoreSettings.Writer;
import govcloud.recovery.restore.Target;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.ReplicaSecrets;
import govcloud.replication.statement.DamagedReplicaException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A department to look at or to train on. */
@Command(
    name = "clone",
    description = {
      "Serve a copy of one department: to look at what it was, or to train people on it.",
      "Restores and proves it in a Cassandra of its own and starts a node on it, both on loopback;",
      "no connection leaves the machine. Every answer and page says that it is a copy. Personal",
      "data that are sealed stay so: their keys are not brought. It stays until Enter is pressed"
          + " or",
      "standard input ends; then everything of it is deleted."
    },
    footer = {
      "recover clone housing --archive /srv/received --folder /srv/clone \\",
      "    --drill-key /etc/govcloud/drill.key --drill-grants /etc/govcloud/keys/drill",
      "recover clone housing --archive /srv/received --folder /srv/clone --shares /media/shares \\",
      "    --as-of 2026-11-28T06:31:00Z"
    })
final class CloneCommand extends RecoveryTask {
  private static final String KEYSPACE = "govcloud_clone";

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("copy", "point"),
          Column.of("entities", "entities"),
          Column.of("records", "records"),
          Column.of("proved", "proved"),
          Column.of("address", "address"),
          Column.of("token file", "token_file"));

  @Parameters(paramLabel = "TENANT", description = "The department.")
  private String tenant;

  @Mixin private ArchiveOptions archive;
  @Mixin private DrillKeyOptions keys;
  @Mixin private PointOption point;
  @Mixin private ThreadsOption threads;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      required = true,
      description = "Where it works; what it makes there is deleted at the end.")
  private Path folder;

  @Override
  ExitCode run()
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException {
    ArchiveOptions.Opened opened = archive.open(terminal());
    try (ReplicaSecrets secrets = keys.open(opened);
        DrillWork place = DrillCommand.take(folder)) {
      place.clear();
      Replica replica = ArchiveOptions.replica(opened, secrets);
      RecoveryPoint to = point.point(replica, Optional.of(tenant));
      return run(opened, replica, to, place);
    } catch (IOException e) {
      throw DrillCommand.unusable(folder, e);
    }
  }

  private ExitCode run(
      ArchiveOptions.Opened opened, Replica replica, RecoveryPoint to, DrillWork place)
      throws RecoveryException, IOException {
    Stages stages = new Stages(terminal(), clock(), threads.threads());
    try (OwnSite site = OwnSite.start(place, stages, replica, KEYSPACE);
        Target target = site.target()) {
      RecoveryWatch watch =
          new RecoveryWatch(replica.secrets().cloud(), replica.trust().receiver(), to, clock());
      Work work = new Work(opened, replica, to, target, watch);
      stages.restore(work, true, Writer.AUTO);
      ProofReport proof = stages.prove(work, false);
      if (!proof.isProved()) {
        return ProofDocument.show(this, work, proof, work.witnessed());
      }
      try (IsolatedNode node = site.node(to, new SecureRandom())) {
        show(proof, node);
        stay();
      }
      return ExitCode.OK;
    }
  }

  private void show(ProofReport proof, IsolatedNode node) {
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("point", proof.point()).put("entities", proof.entities());
    result.put("records", proof.records()).put("proved", proof.isProved());
    result.put("address", node.address()).put("token_file", node.tokenFile().toString());
    output().one(result, COLUMNS);
    terminal()
        .say(
            "A copy of %s, not the department itself. Enter, or the end of standard input, ends it."
                .formatted(tenant));
  }

  /** As long as somebody wants it. */
  private void stay() throws IOException {
    int read = terminal().in().read();
    terminal().say(read < 0 ? "Standard input has ended; so does the copy." : "The copy ends.");
  }
}
