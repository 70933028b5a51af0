package govcloud.recovery.command;

import govcloud.cli.ExitCode;
import govcloud.cli.output.Terminal;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.prove.Prover;
import govcloud.recovery.prove.TenantProof;
import govcloud.recovery.restore.TargetTenants;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Proves as {@code prove --open} does, and waits for ever once a first department is proved. */
@Command(name = "wait")
final class WaitingProof extends TargetTask {

  /** A process to be killed. */
  public static void main(String[] arguments) {
    CommandLine tool =
        Recover.commandLine(
            new Terminal(System.in, System.out, System.err, false, System.getenv()),
            Clock.systemUTC());
    tool.addSubcommand(new WaitingProof());
    System.exit(tool.execute(arguments));
  }

  @Override
  ExitCode run(Work work) throws RecoveryException {
    new Prover(work.replica(), work.point(), work.target().session(), work.target().keyspace(), 2)
        .run(new TargetTenants(work.target(), WaitingProof::proved, true));
    return ExitCode.OK;
  }

  @SuppressWarnings("SystemOut") // the test reads it
  private static void proved(TenantProof proof) {
    if (!proof.tenant().isEmpty()) {
      System.out.println("waiting");
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
