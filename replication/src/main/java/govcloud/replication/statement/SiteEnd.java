package govcloud.replication.statement;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Up to where the files of a site count that was lost and given up. Its cloud lives on elsewhere,
 * from there on.
 *
 * @param segments for each slice with any, the number of its last segment
 * @param manifest number of the last manifest, 0: none
 * @param cut number of the last cut, 0: none
 */
public record SiteEnd(SortedMap<Integer, Long> segments, long manifest, long cut) {

  /** Keeps a copy. */
  public SiteEnd {
    segments = new TreeMap<>(segments);
  }

  /**
   * Whether a file lies behind the end.
   *
   * @param slice of a segment, else 0
   */
  public boolean isBefore(StatementKind kind, int slice, long number) {
    return switch (kind) {
      case SEGMENT -> number > segments.getOrDefault(slice, 0L);
      case MANIFEST -> number > manifest;
      case CUT -> number > cut;
      // The recovered site makes a copy of its own; what the lost one had is not added to.
      case VAULT -> true;
      default -> false;
    };
  }
}
