package govcloud.ledger.witness;

import govcloud.ledger.LedgerException;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;

/** Runs a witness, for an audit office or a sibling cloud. */
public final class WitnessMain {
  private static final int USAGE = 3;
  private static final String NEW_KEY = "--new-key";
  private static final int SEED_BYTES = 32;

  private WitnessMain() {}

  /**
   * Arguments: the policy with the logs, the key's file, the folder of states, host and port; or
   * {@code --new-key}, a name and the file into which a new key goes.
   */
  public static void main(String[] arguments) throws IOException {
    boolean makesKey = arguments.length == 3 && arguments[0].equals(NEW_KEY);
    if (arguments.length != 5 && !makesKey) {
      System.err.println("usage: witness POLICY KEY STATES HOST PORT");
      System.err.println("       witness --new-key NAME KEY");
      System.exit(USAGE);
    }
    try {
      if (makesKey) {
        System.out.println(newKey(arguments[1], Path.of(arguments[2])));
        return;
      }
      serve(arguments);
    } catch (FileAlreadyExistsException e) {
      System.err.println("witness: " + e.getMessage() + ": is there (expected: a new file)");
      System.exit(USAGE);
    } catch (LedgerException | IllegalArgumentException e) {
      System.err.println("witness: " + e.getMessage());
      System.exit(USAGE);
    }
  }

  private static void serve(String[] arguments) throws IOException, LedgerException {
    Path policy = Path.of(arguments[0]);
    TrustPolicy logs = TrustPolicy.parse(Files.readAllBytes(policy), policy.toString());
    NoteSigner key = NoteSigner.parse(Files.readString(Path.of(arguments[1])));
    Witness witness =
        new Witness(key, logs, new FolderStore(Path.of(arguments[2])), InstantSource.system());
    InetSocketAddress address = new InetSocketAddress(arguments[3], Integer.parseInt(arguments[4]));
    WitnessServer server = new WitnessServer(witness, address);
    System.out.println("witness " + key.key() + " listens on " + server.address());
  }

  /** Makes a key; the secret is in the file alone, which its owner alone may read. */
  private static VerifierKey newKey(String name, Path file) throws IOException {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    NoteSigner key = new NoteSigner(name, VerifierKey.COSIGNATURE, seed);
    var owner = PosixFilePermissions.fromString("rw-------");
    try (var channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(owner))) {
      channel.write(ByteBuffer.wrap((key.secretText() + "\n").getBytes(StandardCharsets.US_ASCII)));
    }
    return key.key();
  }
}
