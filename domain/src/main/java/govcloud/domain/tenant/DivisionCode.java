package govcloud.domain.tenant;

/**
 * The six digits of an administrative division (GB/T 2260); whether it is assigned is not asked.
 */
public final class DivisionCode {

  private DivisionCode() {}

  /** Whether {@code code} has the form of a division code. */
  public static boolean isValid(String code) {
    return code.length() == 6 && code.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
