package govcloud.recovery.index;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** What is known of one slice. For one thread, until it is complete. */
public final class SliceIndex {
  private final Map<String, BitSet> segments = new HashMap<>();
  private final Map<String, Long> records = new HashMap<>();
  private final long last;
  private long tail = 1;

  SliceIndex(long last) {
    this.last = last;
  }

  void add(long segment, String tenant, long count) {
    segments.computeIfAbsent(tenant, name -> new BitSet()).set(Math.toIntExact(segment));
    records.merge(tenant, count, Long::sum);
    tail = segment;
  }

  /** Records of each tenant. */
  Map<String, Long> records() {
    return records;
  }

  /** Numbers of the segments in which a tenant has records. */
  public BitSet segments(String tenant) {
    return segments.getOrDefault(tenant, new BitSet());
  }

  /**
   * Number of the last segment with records, behind which there are only marks; 1: none has any.
   */
  public long tail() {
    return tail;
  }

  /** Number of the last segment. */
  public long last() {
    return last;
  }
}
