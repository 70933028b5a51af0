package govcloud.recovery.command;

import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.replication.keys.DrillSecrets;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.ReplicaSecrets;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What opens the replica in a drill: the drill key, so that real shares stay closed. */
final class DrillKeyOptions {
  @Option(
      names = "--drill-key",
      paramLabel = "FILE",
      description = "The private half of the drill key, made by `govcloud keys drill`.")
  private Path key;

  @Option(
      names = "--drill-grants",
      paramLabel = "FOLDER",
      description = "What the cloud granted to it: `drill` in the folder of the cloud's keys.")
  private Path grants;

  @Mixin private ShareOptions shares;

  /** The keys; the caller closes them. Shares are taken where no drill key is given. */
  ReplicaSecrets open(ArchiveOptions.Opened archive) throws KeyException, RecoveryException {
    if (key == null && grants == null) {
      if (shares.files().isEmpty()) {
        throw RecoveryTask.usage(
            "keys: none (expected: --drill-key FILE --drill-grants FOLDER; --shares FOLDER only to"
                + " rehearse with the holders of shares too)");
      }
      return shares.join(archive);
    }
    if (key == null || grants == null) {
      throw RecoveryTask.usage("drill key: half of it (expected: --drill-key and --drill-grants)");
    }
    DrillSecrets secrets = DrillSecrets.read(key, grants);
    if (!secrets.card().isVouchedFor(archive.cards().lost().signingKeys())) {
      secrets.close();
      throw new RecoveryException(
          Code.RECOVERY_KEYS_WRONG,
          grants
              + ": a drill key for which no signing key of "
              + archive.cards().lost().cloud()
              + " vouches (expected: made by that cloud)");
    }
    return secrets;
  }
}
