package govcloud.replication.keys;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF-SHA-256 (RFC 5869) for many keys of 32 bytes, one after the other, and a cipher for what
 * they seal: a segment of many tenants needs thousands. The first step over a secret is done once.
 * Not for several threads.
 */
final class Kdf {
  private static final byte[] NO_SALT = new byte[Derivation.KEY];
  private static final byte FIRST_BLOCK = 1;

  private final Mac mac = Derivation.mac(NO_SALT);
  private Cipher cipher = PartKey.newCipher();

  /** The first step: of a salt, empty or not, and a secret. */
  byte[] extract(byte[] salt, byte[] secret) {
    key(salt.length == 0 ? NO_SALT : salt);
    return mac.doFinal(secret);
  }

  /** The second step: a key of 32 bytes. */
  byte[] expand(byte[] extracted, byte[] info) {
    key(extracted);
    mac.update(info);
    mac.update(FIRST_BLOCK);
    return mac.doFinal();
  }

  /** Both steps; what lies between is wiped. */
  byte[] derive(byte[] secret, byte[] salt, byte[] info) {
    byte[] extracted = extract(salt, secret);
    byte[] key = expand(extracted, info);
    Arrays.fill(extracted, (byte) 0);
    return key;
  }

  /**
   * Begins a file. Making it again uses its keys and nonces again, which one cipher would refuse.
   */
  void begin() {
    cipher = PartKey.newCipher();
  }

  /** The key of a part; one that seals or opens before the next is made. */
  PartKey part(byte[] key) {
    return new PartKey(key, cipher, mac);
  }

  private void key(byte[] bytes) {
    try {
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256: missing (expected: in every JDK)", e);
    }
  }
}
