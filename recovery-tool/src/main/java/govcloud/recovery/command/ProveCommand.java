package govcloud.recovery.command;

import govcloud.cli.ExitCode;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.prove.ProofReport;
import picocli.CommandLine.Command;

/** Is it what it was? */
@Command(
    name = "prove",
    description = {
      "Compare a restored keyspace with what was signed: every row of the log, every chunk, every",
      "entity replayed with the rules of the domain, every tenant against the countersigned cut.",
      "Nodes start on the keyspace only when nothing differs."
    },
    footer = {
      "recover prove --archive /srv/received --shares /media/shares --keyspace govcloud_g2",
      "recover prove --archive /srv/received --shares /media/shares -o json"
    })
final class ProveCommand extends TargetTask {
  @Override
  ExitCode run(Work work) throws RecoveryException {
    ProofReport report = prove(work);
    return ProofDocument.show(this, work, report);
  }
}
