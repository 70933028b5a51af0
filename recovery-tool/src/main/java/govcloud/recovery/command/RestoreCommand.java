package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.progress.Snapshot;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.restore.RestoreSettings.Writer;
import govcloud.recovery.restore.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings the cloud back. */
@Command(
    name = "restore",
    description = {
      "Write the lost cloud, or a copy of one department, into an empty keyspace.",
      "Its log row by row as it was, and the chunks of its entities. Killed at any moment and run",
      "again, here or elsewhere, it goes on and ends with the same rows."
    },
    footer = {
      "recover restore --archive /srv/received --shares /media/shares --keyspace govcloud_g2",
      "recover restore --archive /srv/received --shares /media/shares --keyspace govcloud_g2 \\",
      "    --advance",
      "recover restore --archive /srv/received --shares /media/shares --keyspace housing_then \\",
      "    --tenant housing --as-of 2026-11-28T06:31:00Z --prove",
      "recover restore --archive /srv/received --shares /media/shares --prove --page \\",
      "    --report /srv/report --approved-by zhang --approved-by li"
    })
final class RestoreCommand extends TargetTask {
  @Option(
      names = "--advance",
      description = {
        "Into a keyspace that holds an earlier point and on which no node has worked: write only",
        "what came since."
      })
  private boolean advance;

  @Option(
      names = "--without-vault",
      description = {
        "Without the keys of people, where the sibling's copy of them is lost or old. What is",
        "sealed is read as sealed afterwards, for good."
      })
  private boolean withoutVault;

  @Option(
      names = "--writer",
      paramLabel = "WAY",
      defaultValue = "auto",
      description = {
        "How rows get into Cassandra. cql: as requests, to any Cassandra. sstable: as files, into"
            + " a",
        "Cassandra of one node on this machine that runs as the same user. auto: sstable where"
            + " that",
        "is possible and there is enough to write. Default: ${DEFAULT-VALUE}."
      })
  private Writer writer;

  @Option(
      names = "--pin",
      paramLabel = "NAME",
      description =
          "With --open: the department that is brought back first, before the log of all.")
  private String pin;

  @Option(names = "--prove", description = "Prove it at once, as `recover prove` does.")
  private boolean prove;

  @Override
  Target open(CassandraSettings settings, String cloud) throws RecoveryException {
    if (tenant().isPresent() && (advance || opens())) {
      throw usage("--tenant: with --advance or --open (expected: neither, a copy is no cloud)");
    }
    if (opens() && !prove) {
      throw usage(
          "--open: without --prove (expected: with it, departments open as they are proved)");
    }
    if (pin != null && (!opens() || advance)) {
      throw usage("--pin: without --open, or with --advance (expected: with --open alone)");
    }
    return advance ? Target.find(settings, cloud) : Target.open(settings, cloud);
  }

  @Override
  ExitCode run(Work work) throws RecoveryException {
    boolean withVault = !withoutVault && tenant().isEmpty();
    if (tenant().isEmpty() && !advance && (opens() || stages().isEarlyBegun(work))) {
      stages().early(work, opens(), withVault, Optional.ofNullable(pin));
    }
    Optional<RecoveryPlan> plan = count(work);
    // Where nodes may have worked, they have made and erased keys since.
    boolean bringsVault = withVault && !work.target().served();
    boolean again =
        advance ? stages().advance(work, prove, writer) : stages().restore(work, prove, writer);
    if (bringsVault) {
      stages().vault(work);
    }
    Snapshot done = work.watch().snapshot();
    terminal()
        .say(
            "Restored %s, %s, into keyspace %s: %,d records in %d s%s."
                .formatted(
                    done.cloud(),
                    done.point(),
                    work.target().keyspace(),
                    done.records(),
                    Duration.between(done.began(), done.now()).toSeconds(),
                    again ? " (went on with an earlier run)" : ""));
    if (!prove) {
      show(done, work.target().keyspace(), again);
      return ExitCode.OK;
    }
    ProofReport report = stages().prove(work, opens());
    return tell(work, plan, report);
  }

  private void show(Snapshot done, String keyspace, boolean again) {
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("cloud", done.cloud()).put("point", done.point());
    result.put("keyspace", keyspace).put("records", done.records());
    result.put("went_on", again);
    result.put("seconds", Duration.between(done.began(), done.now()).toMillis() / 1000.0);
    output()
        .one(
            result,
            List.of(
                Column.of("cloud", "cloud"),
                Column.of("point", "point"),
                Column.of("keyspace", "keyspace"),
                Column.of("records", "records"),
                Column.of("seconds", "seconds")));
    terminal().say("Not proved yet: no node starts on it before `recover prove`.");
  }
}
