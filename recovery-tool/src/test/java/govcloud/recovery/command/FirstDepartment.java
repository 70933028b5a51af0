package govcloud.recovery.command;

import govcloud.cli.ExitCode;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.restore.Target;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Brings the first department back as {@code restore --open} does, and ends before the rest. */
@Command(name = "first")
final class FirstDepartment extends TargetTask {
  @Override
  Target open(CassandraSettings settings, String cloud) throws RecoveryException {
    return Target.open(settings, cloud);
  }

  @Override
  ExitCode run(Work work) throws RecoveryException {
    stages().early(work, true, true, Optional.empty());
    return ExitCode.OK;
  }
}
