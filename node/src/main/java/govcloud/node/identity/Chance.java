package govcloud.node.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes what nobody can guess, and the hashes by which it is recognised. */
final class Chance {

  private static final int TOKEN_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int TOTP_BYTES = 20;
  private static final int CODE_LETTERS = 16;

  /** Base32 of RFC 4648 without letters that look alike when they are typed from paper. */
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private final SecureRandom random;

  Chance(SecureRandom random) {
    this.random = random;
  }

  /** A token of an account: its name, a dot, and 256 random bits. */
  String token(String account) {
    return account
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(TOKEN_BYTES));
  }

  /** A challenge of 256 random bits in base64url, as browsers tell it. */
  String challenge() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(TOKEN_BYTES));
  }

  /** Names a session in lists. */
  String sessionId() {
    return "s-" + HexFormat.of().formatHex(bytes(8));
  }

  /** A one-time code of 80 random bits in groups of four letters. */
  String code() {
    var code = new StringBuilder();
    for (int i = 0; i < CODE_LETTERS; i++) {
      code.append(i > 0 && i % 4 == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(32)));
    }
    return code.toString();
  }

  /** A secret of a second factor, in Base32. */
  String totpSecret() {
    return Base32.encode(bytes(TOTP_BYTES));
  }

  byte[] salt() {
    return bytes(SALT_BYTES);
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Lower-case hexadecimal SHA-256 of a text. */
  static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: every JDK has it", e);
    }
  }
}
