package govcloud.recovery.command;

import govcloud.cli.ExitCode;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.prove.ProofReport;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Is it what it was? */
@Command(
    name = "prove",
    description = {
      "Compare a restored keyspace with everything that was signed.",
      "Every row of the log, every chunk, every entity replayed with the rules of the domain,",
      "every tenant against the cut; the words say whether the sibling countersigned it.",
      "Nodes start on the keyspace only when nothing differs; with --open as soon as the cloud's",
      "own entities are proved, and serve each department from its own proof on."
    },
    footer = {
      "recover prove --archive /srv/received --shares /media/shares --keyspace govcloud_g2",
      "recover prove --archive /srv/received --shares /media/shares --open",
      "recover prove --archive /srv/received --shares /media/shares --report /srv/report -o json"
    })
final class ProveCommand extends TargetTask {
  @Override
  ExitCode run(Work work) throws RecoveryException {
    Optional<RecoveryPlan> plan = count(work);
    ProofReport report = stages().prove(work, opens());
    return tell(work, plan, report);
  }
}
