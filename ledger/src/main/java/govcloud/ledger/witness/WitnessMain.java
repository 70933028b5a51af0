package govcloud.ledger.witness;

import govcloud.ledger.LedgerException;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.TrustPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Runs a witness, for an audit office or a sibling cloud. */
public final class WitnessMain {
  private static final int USAGE = 3;

  private WitnessMain() {}

  /** Arguments: the policy with the logs, the key's file, the folder of states, host and port. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 5) {
      System.err.println("usage: witness POLICY KEY STATES HOST PORT");
      System.exit(USAGE);
    }
    try {
      Path policy = Path.of(arguments[0]);
      TrustPolicy logs = TrustPolicy.parse(Files.readAllBytes(policy), policy.toString());
      NoteSigner key = NoteSigner.parse(Files.readString(Path.of(arguments[1])));
      Witness witness =
          new Witness(key, logs, new FolderStore(Path.of(arguments[2])), InstantSource.system());
      InetSocketAddress address =
          new InetSocketAddress(arguments[3], Integer.parseInt(arguments[4]));
      WitnessServer server = new WitnessServer(witness, address);
      System.out.println("witness " + key.key() + " listens on " + server.address());
    } catch (LedgerException | IllegalArgumentException e) {
      System.err.println("witness: " + e.getMessage());
      System.exit(USAGE);
    }
  }
}
