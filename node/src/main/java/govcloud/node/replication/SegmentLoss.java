package govcloud.node.replication;

import java.util.List;

/**
 * Segments that a cloud has lost of what another one sent, although later ones are there; as the
 * node says that looks after them.
 *
 * @param segments how many
 * @param first the names of the first of them, ascending
 * @param detail what is wrong, or why it is not put right; may be empty
 * @param known whether all was looked at since this node began, so that none means none
 * @param toldMillis when this was said, milliseconds since 1970
 */
public record SegmentLoss(
    long segments, List<String> first, String detail, boolean known, long toldMillis) {

  /** Nothing was said yet. */
  static final SegmentLoss UNKNOWN = new SegmentLoss(0, List.of(), "", false, 0);

  /** Keeps the list. */
  public SegmentLoss {
    first = List.copyOf(first);
  }

  /** Whether any is lost. */
  boolean isAny() {
    return segments > 0;
  }

  /** It in words, such as {@code 3 segments, the first segments/00017/...: is missing}. */
  String inWords() {
    return segments
        + (segments == 1 ? " segment, " : " segments, the first ")
        + first.get(0)
        + (detail.isEmpty() ? "" : ": " + detail);
  }

  /**
   * Both directions.
   *
   * @param there what the sibling has lost of what this cloud sent, and asks for again
   * @param here what this cloud has lost of what the sibling sent
   */
  public record Both(SegmentLoss there, SegmentLoss here) {
    /** Nothing was said yet. */
    public static final Both UNKNOWN = new Both(SegmentLoss.UNKNOWN, SegmentLoss.UNKNOWN);
  }
}
