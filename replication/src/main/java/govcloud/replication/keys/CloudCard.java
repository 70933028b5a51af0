package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.TrustedKey;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sibling has to know of a cloud: handed over once, by a way on which people compare its
 * fingerprint. Holds no secret.
 *
 * @param cloud whose
 * @param recovery of the key that the cloud seals to
 * @param statements about the cloud's signing keys, in order
 * @param certificate by which the cloud is known on the wire
 */
public record CloudCard(
    String cloud,
    PublicRecovery recovery,
    List<ByteString> statements,
    X509Certificate certificate) {
  private static final String TITLE = "govcloud cloud card";
  private static final int MOST_KEYS = 1000;

  /** Keeps the list. */
  public CloudCard {
    statements = List.copyOf(statements);
  }

  /** The signing keys, each vouched for by the one before. */
  public List<TrustedKey> signingKeys() throws KeyException {
    return KeyStatements.verify(
        cloud, KeyStatements.firstKey(statements), recovery.signer(), statements);
  }

  /** Which site of the cloud it is of: 1; one more with each recovery from the loss of the site. */
  public int siteEpoch() throws KeyException {
    List<TrustedKey> keys = signingKeys();
    return keys.get(keys.size() - 1).siteEpoch();
  }

  /** Name of the recovery key that the cloud seals to, 16 bytes. */
  public ByteString recoveryKey() {
    return recovery.key().id();
  }

  /** What people compare before they trust the card: hash of name, first key and recovery keys. */
  public String fingerprint() throws KeyException {
    byte[] name = cloud.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    ByteString firstKey = KeyStatements.firstKey(statements);
    byte[] all =
        ByteBuffer.allocate(name.length + 1 + firstKey.size() + 16 + 32)
            .put(name)
            .put((byte) 0)
            .put(firstKey.toByteArray())
            .put(recoveryKey().toByteArray())
            .put(recovery.signer().toByteArray())
            .array();
    return ReplicaHash.hex(ReplicaHash.of(ByteString.copyFrom(all)).substring(0, 16));
  }

  /** Refuses a card with other first keys than this one, or with fewer. */
  void requireSuccessor(CloudCard next) throws KeyException {
    boolean continues =
        next.recovery.equals(recovery)
            && next.statements.size() >= statements.size()
            && next.statements.subList(0, statements.size()).equals(statements);
    if (!continues) {
      throw wrong(
          cloud
              + ": does not go on from the keys that are trusted (expected: the same cloud's card;"
              + " remove the old one if the cloud was set up anew)");
    }
  }

  /** The card as a text file. */
  public byte[] toFile() throws KeyException {
    try (KeyFile file = new KeyFile(TITLE)) {
      recovery
          .write(file.text("cloud", cloud))
          .bytes("certificate", encoded())
          .text("keys", Integer.toString(statements.size()));
      for (int i = 0; i < statements.size(); i++) {
        file.bytes("key-" + (i + 1), statements.get(i).toByteArray());
      }
      return file.toBytes();
    }
  }

  /**
   * Reads a card and checks its key statements.
   *
   * @throws KeyException when it is not one
   */
  public static CloudCard parse(byte[] text) throws KeyException {
    try (KeyFile file = KeyFile.parse(TITLE, text)) {
      int count = file.number("keys");
      if (count < 1 || count > MOST_KEYS) {
        throw wrong("keys: " + count + " (expected: 1 to " + MOST_KEYS + ")");
      }
      List<ByteString> statements = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        statements.add(ByteString.copyFrom(file.bytes("key-" + i)));
      }
      CloudCard card =
          new CloudCard(
              file.text("cloud"),
              PublicRecovery.read(file),
              statements,
              LinkIdentity.certificate(file.bytes("certificate")));
      card.check();
      return card;
    } catch (CertificateException e) {
      throw wrong("certificate: " + e.getMessage());
    }
  }

  private void check() throws KeyException {
    if (!cloud.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw wrong("cloud: not a name of a cloud");
    }
    signingKeys();
  }

  private byte[] encoded() throws KeyException {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw wrong("certificate: " + e.getMessage());
    }
  }

  private static KeyException wrong(String detail) {
    return new KeyException(KeyDefect.KEY_CARD_WRONG, detail);
  }
}
