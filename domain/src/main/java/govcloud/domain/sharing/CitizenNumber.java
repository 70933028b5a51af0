package govcloud.domain.sharing;

/** Numbers of citizens (GB 11643): 17 digits and a check character. */
public final class CitizenNumber {

  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";

  private CitizenNumber() {}

  /** Whether it has the right form and check character; whose it is, is not asked. */
  public static boolean isValid(String number) {
    return number.matches("[0-9]{17}[0-9X]")
        && number.charAt(WEIGHTS.length) == checkCharacter(number.substring(0, WEIGHTS.length));
  }

  /**
   * The check character (ISO 7064, MOD 11-2) of the first 17 digits.
   *
   * @throws IllegalArgumentException if there are not 17 digits
   */
  public static char checkCharacter(String body) {
    if (!body.matches("[0-9]{17}")) {
      throw new IllegalArgumentException("body: " + body + " (expected: 17 digits)");
    }
    var sum = 0;
    for (var i = 0; i < WEIGHTS.length; i++) {
      sum += (body.charAt(i) - '0') * WEIGHTS[i];
    }
    return CHECKS.charAt(sum % CHECKS.length());
  }
}
