package govcloud.replication.statement;

/**
 * A defect and where it lies.
 *
 * @param defect what is wrong
 * @param name the file's name in its archive
 * @param from first byte in question
 * @param to byte behind the last one in question; equal to {@code from} where the whole file is
 *     meant
 * @param detail what was found and what was expected
 */
public record Finding(ReplicaDefect defect, String name, long from, long to, String detail) {

  /** A finding about bytes. */
  public static Finding at(ReplicaDefect defect, String name, long from, long to, String detail) {
    return new Finding(defect, name, from, to, detail);
  }

  /** A finding about a file as a whole, or about one that is not there. */
  public static Finding of(ReplicaDefect defect, String name, String detail) {
    return new Finding(defect, name, 0, 0, detail);
  }

  /** Whether the whole file is meant. */
  public boolean isWhole() {
    return from == to;
  }

  @Override
  public String toString() {
    String place = isWhole() ? "" : ", bytes " + from + " to " + to;
    return defect + " " + name + place + ": " + defect.meaning() + "; " + detail;
  }
}
