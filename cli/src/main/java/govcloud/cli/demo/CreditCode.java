package govcloud.cli.demo;

/**
 * Unified social credit codes (GB 32100): 17 characters and a check character. Ours carry the
 * unassigned division 999999, so that none of them belongs to anybody.
 */
public final class CreditCode {
  /** A division code that is assigned to no place. */
  static final String NOWHERE = "999999";

  private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  private CreditCode() {}

  /** The code of the n-th synthetic department (category 11, an organ of the state). */
  static String ofDepartment(int n) {
    return of("11", n);
  }

  /** The code of the n-th synthetic company (category 91). */
  static String ofCompany(int n) {
    return of("91", n);
  }

  private static String of(String category, int n) {
    StringBuilder body = new StringBuilder(category).append(NOWHERE).append("MB");
    for (int divisor = 1_000_000; divisor > 0; divisor /= 10) {
      body.append(n / divisor % 10);
    }
    return body.append(check(body)).toString();
  }

  /** The check character of 17 characters. */
  public static char check(CharSequence body) {
    int sum = 0;
    int weight = 1;
    for (int i = 0; i < 17; i++) {
      sum += ALPHABET.indexOf(body.charAt(i)) * weight;
      weight = weight * 3 % 31;
    }
    return ALPHABET.charAt((31 - sum % 31) % 31);
  }
}
