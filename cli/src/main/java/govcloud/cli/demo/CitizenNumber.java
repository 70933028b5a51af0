package govcloud.cli.demo;

import java.util.Locale;

/**
 * Citizen identification numbers (GB 11643) of nobody: the unassigned division 999999, a birthday,
 * a serial number and the right check character.
 */
public final class CitizenNumber {
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  private CitizenNumber() {}

  static String of(int year, int month, int day, int serial) {
    String body =
        String.format(
            Locale.ROOT, "%s%04d%02d%02d%03d", CreditCode.NOWHERE, year, month, day, serial % 1000);
    return body + check(body);
  }

  /** The check character of 17 digits. */
  public static char check(String body) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += (body.charAt(i) - '0') * WEIGHTS[i];
    }
    return "10X98765432".charAt(sum % 11);
  }
}
