package govcloud.recovery.restore;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How far a restore is. For several threads. */
public final class RestoreProgress {
  private final long segments;
  private final AtomicLong doneSegments = new AtomicLong();
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final Map<String, LongAdder> tenants = new ConcurrentHashMap<>();
  private volatile String writer = "";

  /**
   * Nothing done yet.
   *
   * @param segments of all slices together
   */
  public RestoreProgress(long segments) {
    this.segments = segments;
  }

  /** How rows get into Cassandra is chosen. */
  void writer(String chosen) {
    writer = chosen;
  }

  /** How rows get into Cassandra, for people; empty before it is chosen. */
  public String writer() {
    return writer;
  }

  /** Segments that an earlier run restored. */
  void skipped(long count) {
    doneSegments.addAndGet(count);
  }

  /** A segment's rows are on their way. */
  void restored(long recordsOfIt, long bytesOfIt) {
    doneSegments.incrementAndGet();
    records.addAndGet(recordsOfIt);
    bytes.addAndGet(bytesOfIt);
  }

  /** A tenant's record is on its way. */
  void restored(String tenant) {
    tenants.computeIfAbsent(tenant, name -> new LongAdder()).increment();
  }

  /** Share of the segments that is done, 0 to 1. */
  public double share() {
    return segments == 0 ? 1 : (double) doneSegments.get() / segments;
  }

  /** Records restored by this run. */
  public long records() {
    return records.get();
  }

  /** Records of a tenant restored by this run. */
  public long records(String tenant) {
    LongAdder count = tenants.get(tenant);
    return count == null ? 0 : count.sum();
  }

  /** Bytes of the archive restored by this run. */
  public long bytes() {
    return bytes.get();
  }
}
