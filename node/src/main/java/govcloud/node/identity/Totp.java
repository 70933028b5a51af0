package govcloud.node.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time passwords of RFC 6238: SHA-1, six digits, steps of 30 seconds. */
final class Totp {

  /** A code is right in its own step and in those beside it: clocks and people are slow. */
  private static final int STEPS_BESIDE = 1;

  private static final int STEP_SECONDS = 30;
  private static final int MODULUS = 1_000_000;

  private Totp() {}

  /** The step at {@code now} or beside it that {@code code} belongs to; 0: none. */
  static long step(String secret, String code, Instant now) {
    long present = now.getEpochSecond() / STEP_SECONDS;
    long found = 0;
    for (long step = present - STEPS_BESIDE; step <= present + STEPS_BESIDE; step++) {
      if (MessageDigest.isEqual(bytes(code(secret, step)), bytes(code))) {
        found = step;
      }
    }
    return found;
  }

  /** The code of a step. */
  static String code(String secret, long step) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base32.decode(secret), "RAW"));
      var hash = ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(8).putLong(step).array()));
      int offset = hash.get(hash.capacity() - 1) & 0xf;
      return String.format(
          Locale.ROOT, "%06d", (hash.getInt(offset) & Integer.MAX_VALUE) % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA1: every JDK has it", e);
    }
  }

  /** What an authenticator app reads. */
  static String uri(String cloud, String account, String secret) {
    return "otpauth://totp/Govcloud%20"
        + cloud
        + ":"
        + account
        + "?secret="
        + secret
        + "&issuer=Govcloud%20"
        + cloud;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
