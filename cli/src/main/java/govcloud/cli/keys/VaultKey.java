package govcloud.cli.keys;

import govcloud.cli.ExitCode;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.VaultKeys;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the key of the vault of personal data, or has the nodes make the next one. */
@Command(
    name = "vault",
    description = {
      "Make the key of the vault, so that personal data are sealed from now on, each person's",
      "with a key that can be destroyed. Bring it to all nodes, then start them again.",
      "With --rotate the nodes make its next generation now and destroy this one, so that older",
      "copies of the vault open nothing any more that was erased."
    },
    footer = {"govcloud keys vault", "govcloud keys vault --rotate"})
final class VaultKey extends KeyTask {
  @Option(
      names = "--rotate",
      description = "Have the running nodes go on to the next generation at once.")
  private boolean rotate;

  @Override
  ExitCode run(KeyFolder keys) throws KeyException {
    if (rotate) {
      VaultKeys.askRotation(keys);
      deed(keys, "vault-rotate", "asked");
      terminal().say("The nodes that use " + keys.folder() + " begin it within some seconds.");
      terminal()
          .say("The audit trail says vault-renewed when the older generation counts no more.");
      return ExitCode.OK;
    }
    VaultKeys.create(keys, new SecureRandom());
    deed(keys, "vault", "generation 1");
    terminal().say("The key is " + keys.folder().resolve("vault.key") + ".");
    terminal().say("Bring it to all nodes of this cloud, then start them again.");
    return ExitCode.OK;
  }
}
