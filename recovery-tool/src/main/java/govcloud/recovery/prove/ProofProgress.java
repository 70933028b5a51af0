package govcloud.recovery.prove;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How far a proof is. For several threads. */
public final class ProofProgress {
  private final AtomicLong compared = new AtomicLong();
  private final AtomicLong replayed = new AtomicLong();
  private final Map<String, LongAdder> tenants = new ConcurrentHashMap<>();

  void compared(long records) {
    compared.addAndGet(records);
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
