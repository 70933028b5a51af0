package govcloud.recovery.prove;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How far a proof is. For several threads. */
public final class ProofProgress {
  private final long segments;
  private final AtomicLong comparedSegments = new AtomicLong();
  private final AtomicLong compared = new AtomicLong();
  private final AtomicLong replayed = new AtomicLong();
  private final Map<String, LongAdder> tenants = new ConcurrentHashMap<>();

  /**
   * Nothing done yet.
   *
   * @param segments of all slices together
   */
  public ProofProgress(long segments) {
    this.segments = segments;
  }

  void compared(long records) {
    comparedSegments.incrementAndGet();
    compared.addAndGet(records);
  }

  /** Share that is done, 0 to 1: half of it is comparing, half replaying what was compared. */
  public double share() {
    double compare = segments == 0 ? 1 : (double) comparedSegments.get() / segments;
    double replay = compared.get() == 0 ? compare : (double) replayed.get() / compared.get();
    return compare * (1 + replay) / 2;
  }

  void replayed(String tenant, long records) {
    replayed.addAndGet(records);
    tenants.computeIfAbsent(tenant, name -> new LongAdder()).add(records);
  }

  /** Records of the log that were compared with the archive. */
  public long compared() {
    return compared.get();
  }

  /** Records that were replayed from chunks; at the end as many as were compared. */
  public long replayed() {
    return replayed.get();
  }

  /** Records of a tenant that were replayed. */
  public long replayed(String tenant) {
    LongAdder count = tenants.get(tenant);
    return count == null ? 0 : count.sum();
  }
}
