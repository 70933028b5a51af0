package govcloud.ledger.leaf;

import govcloud.ledger.tree.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Commits to the fields of one entry. Its secret is random, of this entry alone, and kept outside
 * the ledger: without it no commitment can be opened or guessed any more.
 */
public final class FieldKeys {
  private static final String LABEL = "govcloud ledger field v1\0";

  private final byte[] secret;

  /**
   * Keys of one entry.
   *
   * @param secret 32 random bytes, for no other entry; copied
   */
  public FieldKeys(byte[] secret) {
    if (secret.length != Hash.LENGTH) {
      throw new IllegalArgumentException("secret: " + secret.length + " bytes (expected: 32)");
    }
    this.secret = secret.clone();
  }

  /** The commitment to a field's value. */
  public Hash commit(String name, byte[] value) {
    return open(name, value).commitment();
  }

  /** What lets another check one field, and tells nothing about the others. */
  public Opening open(String name, byte[] value) {
    return new Opening(
        name, hmac(secret, (LABEL + name).getBytes(StandardCharsets.UTF_8)), value.clone());
  }

  static Hash commitment(byte[] key, String name, byte[] value) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer message = ByteBuffer.allocate(1 + text.length + value.length);
    message.put((byte) text.length).put(text).put(value);
    return Hash.at(hmac(key, message.array()), 0);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256: missing (expected: in every JDK)", e);
    }
  }
}
