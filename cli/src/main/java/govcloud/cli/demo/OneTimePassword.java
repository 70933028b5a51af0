package govcloud.cli.demo;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What an authenticator shows (RFC 6238: SHA-1, six digits). */
final class OneTimePassword {
  /** How long a code is shown, in seconds. */
  static final int STEP_SECONDS = 30;

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int MODULUS = 1_000_000;

  private OneTimePassword() {}

  /**
   * The code of a step.
   *
   * @param secret in Base32 (RFC 4648) without padding
   * @param step of 30 seconds since 1970
   */
  static String of(String secret, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(base32(secret), "RAW"));
      ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(8).putLong(step).array()));
      int offset = hash.get(hash.capacity() - 1) & 0xf;
      int number = hash.getInt(offset) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%06d", number % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA1: every JDK has it", e);
    }
  }

  private static byte[] base32(String text) {
    BigInteger value = BigInteger.ONE; // keeps zeros at the beginning
    for (int i = 0; i < text.length(); i++) {
      value = value.shiftLeft(5).or(BigInteger.valueOf(BASE32.indexOf(text.charAt(i))));
    }
    int bytes = text.length() * 5 / 8;
    byte[] all = value.shiftRight(text.length() * 5 % 8).toByteArray();
    byte[] out = new byte[bytes];
    System.arraycopy(all, all.length - bytes, out, 0, bytes);
    return out;
  }
}
