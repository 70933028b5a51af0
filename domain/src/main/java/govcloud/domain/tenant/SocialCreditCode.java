package govcloud.domain.tenant;

import java.util.Optional;

/**
 * The unified social credit code of an organisation: 18 characters, the last a check (GB 32100).
 */
public final class SocialCreditCode {

  /** How many characters a code has. */
  public static final int LENGTH = 18;

  private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  private SocialCreditCode() {}

  /** What is wrong with {@code code}, naming value and expectation; empty if nothing is. */
  public static Optional<String> fault(String code) {
    if (code.length() != LENGTH) {
      return Optional.of(
          "credit code: "
              + code
              + " (expected: "
              + LENGTH
              + " characters, got "
              + code.length()
              + ")");
    }
    for (var i = 0; i < LENGTH; i++) {
      if (ALPHABET.indexOf(code.charAt(i)) < 0) {
        return Optional.of(
            "credit code: "
                + code
                + " (expected: only digits and capital letters without I, O, S,"
                + " V and Z, got "
                + code.charAt(i)
                + " at position "
                + (i + 1)
                + ")");
      }
    }
    var check = checkCharacter(code.substring(0, LENGTH - 1));
    if (code.charAt(LENGTH - 1) != check) {
      return Optional.of("credit code: " + code + " (expected: check character " + check + ")");
    }
    return Optional.empty();
  }

  /**
   * The check character for the first 17 characters: weights are the powers of 3 modulo 31.
   *
   * @throws IllegalArgumentException if {@code body} is not 17 characters of the code's alphabet
   */
  public static char checkCharacter(String body) {
    if (body.length() != LENGTH - 1) {
      throw new IllegalArgumentException("body: " + body + " (expected: 17 characters)");
    }
    var sum = 0;
    var weight = 1;
    for (var i = 0; i < body.length(); i++) {
      var value = ALPHABET.indexOf(body.charAt(i));
      if (value < 0) {
        throw new IllegalArgumentException(
            "body: " + body + " (expected: digits and capital letters without I, O, S, V and Z)");
      }
      sum += value * weight;
      weight = weight * 3 % ALPHABET.length();
    }
    var base = ALPHABET.length();
    return ALPHABET.charAt((base - sum % base) % base);
  }
}
