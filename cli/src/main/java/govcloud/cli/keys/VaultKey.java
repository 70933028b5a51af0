package govcloud.cli.keys;

import govcloud.cli.ExitCode;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.VaultKeys;
import java.security.SecureRandom;
import picocli.CommandLine.Command;

/** Makes the key of the vault of personal data. */
@Command(
    name = "vault",
    description = {
      "Make the key of the vault, so that personal data are sealed from now on, each person's",
      "with a key that can be destroyed. Bring it to all nodes, then start them again."
    },
    footer = {"govcloud keys vault"})
final class VaultKey extends KeyTask {
  @Override
  ExitCode run(KeyFolder keys) throws KeyException {
    VaultKeys.create(keys, new SecureRandom());
    deed(keys, "vault", "generation 1");
    terminal().say("The key is " + keys.folder().resolve("vault.key") + ".");
    terminal().say("Bring it to all nodes of this cloud, then start them again.");
    return ExitCode.OK;
  }
}
