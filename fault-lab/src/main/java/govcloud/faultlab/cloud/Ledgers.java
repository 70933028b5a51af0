package govcloud.faultlab.cloud;

import govcloud.faultlab.sandbox.SmallJava;
import govcloud.ledger.LedgerException;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ledger of the cloud under test, its sibling as witness, and the witness of an audit office on
 * a host of its own. Nothing counts as cosigned before both have seen it.
 */
public final class Ledgers {
  /** The host of the audit office. */
  public static final String OFFICE = "a1";

  private static final int OFFICE_PORT = 7900;
  private static final int SEED = 32;

  private final Path folder;
  private final NoteSigner log;
  private final NoteSigner sibling;
  private final NoteSigner office;
  private final String officeAddress;

  /**
   * Makes keys and files.
   *
   * @param folder where they and the ledgers are
   * @param officeAddress of the host of the audit office
   */
  Ledgers(Path folder, String officeAddress, SecureRandom random) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.officeAddress = officeAddress;
    this.log = key("log", VerifierKey.NOTE, random);
    this.sibling = key("sibling", VerifierKey.COSIGNATURE, random);
    this.office = key("office", VerifierKey.COSIGNATURE, random);
    NoteSigner siblings = key("siblings-log", VerifierKey.NOTE, random);
    Files.writeString(file("home.trust"), "log " + log.key() + "\nquorum none\n");
    Files.writeString(
        file("sibling.trust"),
        "log %s\nwitness sibling %s\nquorum none\n".formatted(siblings.key(), sibling.key()));
  }

  private NoteSigner key(String name, int type, SecureRandom random) throws IOException {
    byte[] seed = new byte[SEED];
    random.nextBytes(seed);
    NoteSigner key = new NoteSigner("gov.example/lab/" + name, type, seed);
    Path file = file(name + ".key");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, key.secretText());
    return key;
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /** What a node of the cloud under test is told. */
  String ofHome(String node) {
    return """
    govcloud.exchange {
      ledger-key = "%s", ledger-folder = "%s", checkpoint-interval = 500ms
      witness {
        sibling-trust = "%s"
        third { address = "http://%s:%d/", key = "%s", required = true }
      }
    }
    """
        .formatted(
            file("log.key"),
            file(node),
            file("sibling.trust"),
            officeAddress,
            OFFICE_PORT,
            office.key());
  }

  /** What a node of the sibling is told. */
  String ofSibling(String node) {
    return """
    govcloud.exchange.witness { key = "%s", sibling-trust = "%s", mirror-folder = "%s" }
    """
        .formatted(file("sibling.key"), file("home.trust"), file(node));
  }

  /** Words that start the witness of the audit office. */
  List<String> office() {
    return SmallJava.words(
        "govcloud.ledger.witness.WitnessMain",
        file("home.trust").toString(),
        file("office.key").toString(),
        file(OFFICE).toString(),
        officeAddress,
        Integer.toString(OFFICE_PORT));
  }

  /** What an auditor knows: nothing counts that the sibling and the audit office have not seen. */
  public TrustPolicy policy() throws LedgerException {
    return policy("group both all sibling office\nquorum both\n");
  }

  /** The same for the copies of the sibling, which have its own cosignature alone. */
  public TrustPolicy policyOfCopies() throws LedgerException {
    return policy("quorum sibling\n");
  }

  private TrustPolicy policy(String quorum) throws LedgerException {
    String text =
        "log %s\nwitness sibling %s\nwitness office %s\n"
            .formatted(log.key(), sibling.key(), office.key());
    return TrustPolicy.parse((text + quorum).getBytes(StandardCharsets.UTF_8), "policy");
  }

  /** Where nodes of the cloud keep its ledger. */
  public Map<String, Path> own(List<String> nodes) {
    Map<String, Path> folders = new TreeMap<>();
    nodes.forEach(node -> folders.put(node, file(node)));
    return folders;
  }

  /** Where nodes of the sibling keep their copies. */
  public Map<String, Path> copies(List<String> nodes) {
    Map<String, Path> folders = new TreeMap<>();
    nodes.forEach(node -> folders.put(node, file(node).resolve(hash(log.key().toString()))));
    return folders;
  }

  /** The newest state that the audit office has cosigned. */
  public Path officeState() {
    return file(OFFICE).resolve(hash(log.key().name())).resolve("checkpoint");
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
