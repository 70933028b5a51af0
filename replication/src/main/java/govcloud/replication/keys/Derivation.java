package govcloud.replication.keys;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF-SHA-256 and HMAC-SHA-256, each use with a label of its own. */
final class Derivation {
  /** Bytes of a key. */
  static final int KEY = 32;

  private Derivation() {}

  /** A label and what is derived for, as HKDF's info: the label, a zero byte, the context. */
  static byte[] info(String label, byte[] context) {
    byte[] name = (label + "\0").getBytes(StandardCharsets.US_ASCII);
    byte[] info = java.util.Arrays.copyOf(name, name.length + context.length);
    System.arraycopy(context, 0, info, name.length, context.length);
    return info;
  }

  /** A key of 32 bytes. */
  static byte[] derive(byte[] secret, byte[] salt, byte[] info) {
    HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
    generator.init(new HKDFParameters(secret, salt, info));
    byte[] key = new byte[KEY];
    generator.generateBytes(key, 0, KEY);
    return key;
  }

  /** An HMAC that is ready for messages under one key; not for several threads. */
  static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("HmacSHA256: missing (expected: in every JDK)", e);
    }
  }
}
