package govcloud.cli.local;

import govcloud.cli.command.OwnerFile;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.VerifierKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** The ledger of exchanges of a cloud on this machine: each generation has a key of its own. */
final class LocalLedger {
  private static final int SEED_BYTES = 32;

  private LocalLedger() {}

  private static Path key(CloudHome home, LocalReplication cloud) {
    return home.folder().resolve("ledger-key-" + cloud.generation());
  }

  /**
   * Makes the key if there is none.
   *
   * @param random for the key
   */
  static void prepare(CloudHome home, LocalReplication cloud, SecureRandom random) {
    Path file = key(home, cloud);
    if (Files.exists(file)) {
      return;
    }
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    String origin = "govcloud/" + cloud.cloud() + "/exchange/" + cloud.generation();
    String text = new NoteSigner(origin, VerifierKey.NOTE, seed).secretText() + "\n";
    OwnerFile.write(file, text);
  }

  /** The settings of a node. */
  static List<String> settings(CloudHome home, LocalReplication cloud, NodePlan plan) {
    Path file = key(home, cloud);
    if (!Files.exists(file)) {
      return List.of();
    }
    Path folder = home.node(plan.name()).resolve("ledger-" + cloud.generation());
    return List.of(
        "govcloud.exchange.ledger-key = " + NodeLaunch.quoted(file),
        "govcloud.exchange.ledger-folder = " + NodeLaunch.quoted(folder));
  }
}
