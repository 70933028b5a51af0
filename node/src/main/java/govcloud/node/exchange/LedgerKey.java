package govcloud.node.exchange;

import govcloud.exchange.JsonBytes;
import govcloud.exchange.gate.Agreed;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.VerifierKey;
import govcloud.node.exchange.crossing.BundleKey;
import govcloud.node.vault.SubjectKey;
import govcloud.pki.request.ProgramKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;

/**
 * The key of a ledger, and so the ledger itself: another key is another ledger. A key is never
 * copied to another site; with the site it is lost, and its ledger is never gone on with.
 *
 * @param siteEpoch of the cloud, in which its ledger has to begin; 0: not known
 */
record LedgerKey(NoteSigner signer, int siteEpoch) {

  private static final int DIGITS = 32;
  private static final int EXCHANGE_DIGITS = 28;
  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** The key of a ledger that is bound to no site. */
  LedgerKey(NoteSigner signer) {
    this(signer, 0);
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException when there is none, beginning with the setting's name
   */
  static LedgerKey read(Path file) {
    return new LedgerKey(signer("ledger-key", file, VerifierKey.NOTE));
  }

  /** The same, of a ledger that begins in a site epoch, and is never gone on with in another. */
  LedgerKey at(int epoch) {
    return new LedgerKey(signer, epoch);
  }

  /**
   * Reads the key of a log or a witness, which nobody but its owner may read.
   *
   * @param type {@link VerifierKey#NOTE} or {@link VerifierKey#COSIGNATURE}
   * @throws IllegalArgumentException when there is none, beginning with the setting's name
   */
  static NoteSigner signer(String setting, Path file, int type) {
    try {
      var others = Files.getPosixFilePermissions(file);
      others.removeAll(OWNER);
      if (!others.isEmpty()) {
        throw ExchangeSettings.wrong(
            setting,
            file + ": " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
            "rw-------, for its owner alone");
      }
      var signer = parse(setting, file);
      if (signer.key().type() != type) {
        throw ExchangeSettings.wrong(
            setting, file + ": a key of type " + signer.key().type(), "type " + type);
      }
      return signer;
    } catch (IOException e) {
      throw ExchangeSettings.wrong(setting, file + ": " + e, "a file with a key");
    }
  }

  private static NoteSigner parse(String setting, Path file) throws IOException {
    try {
      return NoteSigner.parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw ExchangeSettings.wrong(setting, file + ": " + e.getMessage(), "a key as it was made");
    }
  }

  /** The public half. */
  String text() {
    return signer.key().toString();
  }

  /**
   * Makes hashes of the values of one agreement, which nobody without the ledger's key can make.
   */
  byte[] hashKey(Agreed agreed) {
    return HexFormat.of().parseHex(derived("govcloud exchange hash v1", agreed.address()));
  }

  /**
   * The beginning of the id of the exchange that a message of a department is about, 28 hexadecimal
   * digits: the same for the same message in this ledger, and nobody finds out by it what the
   * message was called.
   */
  String exchangeId(String consumer, String message) {
    return derived("govcloud exchange id v1", consumer + "\n" + message)
        .substring(0, EXCHANGE_DIGITS);
  }

  /** Seals one deferred query and its answer; with the ledger's key it is gone. */
  SubjectKey deferredKey(String exchange) {
    return new SubjectKey(
        HexFormat.of().parseHex(derived("govcloud exchange deferred v1", exchange)));
  }

  /** Signs what departments are told at their addresses, in the name of the cloud. */
  ProgramKey callbackKey(String cloud) {
    return ProgramKey.of(
        cloud, HexFormat.of().parseHex(derived("govcloud exchange callback v1", cloud)));
  }

  /**
   * Seals what goes to other clouds through gateways and comes from them, as long as it is kept.
   */
  SubjectKey crossingKey() {
    return new SubjectKey(HexFormat.of().parseHex(derived("govcloud exchange crossing v1", "")));
  }

  /** To which other clouds seal; a rebuilt cloud has another. */
  BundleKey bundleKey() {
    return new BundleKey(HexFormat.of().parseHex(derived("govcloud exchange bundle key v1", "")));
  }

  private String derived(String purpose, String of) {
    return JsonBytes.sha256(purpose + "\n" + signer.secretText() + "\n" + of);
  }

  /** The entity that holds the order of its entries. */
  String entity() {
    return entity(signer.key());
  }

  /** The entity that holds the order of a log's entries, here or at its witness. */
  static String entity(VerifierKey key) {
    return "ledger/" + JsonBytes.sha256(key.toString()).substring(0, DIGITS);
  }
}
