package govcloud.ledger;

/**
 * A defect and where it lies.
 *
 * @param defect what is wrong
 * @param name the file's name in the ledger, or what was handed in
 * @param from first byte in question
 * @param to byte behind the last one in question; equal to {@code from} where the whole is meant
 * @param detail what was found and what was expected
 */
public record Finding(LedgerDefect defect, String name, long from, long to, String detail) {

  /** A finding about a whole. */
  public static Finding of(LedgerDefect defect, String name, String detail) {
    return new Finding(defect, name, 0, 0, detail);
  }

  @Override
  public String toString() {
    String place = from == to ? "" : ", bytes " + from + " to " + to;
    return defect + " " + name + place + ": " + defect.meaning() + "; " + detail;
  }
}
