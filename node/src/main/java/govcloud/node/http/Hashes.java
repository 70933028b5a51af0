package govcloud.node.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as bytes and as lower-case hexadecimal digits. */
public final class Hashes {

  private Hashes() {}

  static byte[] sha256(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part);
        digest.update((byte) '\n');
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: every JDK has it", e);
    }
  }

  /** Of all parts in their order, each ended by a line feed. */
  public static String hex(byte[]... parts) {
    return HexFormat.of().formatHex(sha256(parts));
  }
}
