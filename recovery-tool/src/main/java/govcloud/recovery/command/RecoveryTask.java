package govcloud.recovery.command;

import govcloud.cli.CommandFailure;
import govcloud.cli.CommandRoot;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.command.OutputOption;
import govcloud.cli.output.Format;
import govcloud.cli.output.Output;
import govcloud.cli.output.Terminal;
import govcloud.recovery.RecoveryException;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyDefect;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command about a replica; says with a code and an exit code what stops it. */
abstract class RecoveryTask implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Option(names = "--json", description = "The same as -o json.")
  private boolean json;

  /** Does it. */
  abstract ExitCode run()
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException;

  @Override
  public final Integer call() {
    try {
      return run().number();
    } catch (RecoveryException e) {
      // An archive that cannot be reached is not a damaged one.
      if (e.getCause() instanceof ArchiveStoreException store) {
        throw failure(store, e.getMessage());
      }
      throw new CommandFailure(exitCode(e.code()), e.code().name(), e.getMessage());
    } catch (ArchiveStoreException e) {
      throw failure(e, e.getMessage());
    } catch (DamagedReplicaException e) {
      throw new CommandFailure(
          ExitCode.FINDINGS, e.finding().defect().name(), e.finding().toString());
    } catch (KeyException e) {
      ExitCode code =
          e.defect() == KeyDefect.KEY_FILE_MISSING ? ExitCode.NOT_FOUND : ExitCode.AUTHENTICATION;
      throw new CommandFailure(code, e.defect().name(), e.getMessage());
    }
  }

  private static CommandFailure failure(ArchiveStoreException store, String message) {
    ExitCode code =
        store.defect() == ArchiveDefect.ARCHIVE_REFUSED
            ? ExitCode.AUTHENTICATION
            : ExitCode.UNAVAILABLE;
    return new CommandFailure(code, store.defect().name(), message);
  }

  private static ExitCode exitCode(RecoveryException.Code code) {
    return switch (code) {
      case RECOVERY_ARCHIVE_DAMAGED, RECOVERY_VAULT_OLD, SALVAGE_IMPOSSIBLE -> ExitCode.FINDINGS;
      case RECOVERY_KEYS_WRONG -> ExitCode.AUTHENTICATION;
      case RECOVERY_POINT_UNKNOWN, RECOVERY_TENANT_UNKNOWN -> ExitCode.NOT_FOUND;
      case RECOVERY_TARGET_NOT_EMPTY,
          RECOVERY_TARGET_OTHER,
          RECOVERY_SSTABLES_REFUSED,
          RECOVERY_SETTINGS_DIFFER ->
          ExitCode.CONFLICT;
      case SWITCH_OVER_NOT_DRAINED,
          SWITCH_OVER_NOT_COUNTERSIGNED,
          SWITCH_OVER_BEHIND,
          SWITCH_OVER_NOT_PROVED,
          FAILOVER_POINT_PAST,
          SALVAGE_NOT_NEEDED ->
          ExitCode.CONFLICT;
      case SWITCH_OVER_NOT_APPROVED, FAILOVER_NOT_APPROVED, FAILOVER_GIVES_UP -> ExitCode.FORBIDDEN;
      case RECOVERY_TARGET_FAILED -> ExitCode.UNAVAILABLE;
      case RECOVERY_INTERRUPTED -> ExitCode.INTERRUPTED;
    };
  }

  /** That the command line does not make sense. */
  static CommandFailure usage(String detail) {
    return new CommandFailure(ExitCode.USAGE, "USAGE", detail);
  }

  final Terminal terminal() {
    return root().terminal();
  }

  final Clock clock() {
    return root().clock();
  }

  private CommandRoot root() {
    return (CommandRoot) spec.root().userObject();
  }

  final Output output() {
    return new Output(terminal(), json ? Format.json : output.format(), Json.mapper());
  }
}
