package govcloud.recovery.prove;

import java.util.concurrent.atomic.AtomicLong;

/** How far a proof is. For several threads. */
public final class ProofProgress {
  private final AtomicLong compared = new AtomicLong();
  private final AtomicLong replayed = new AtomicLong();

  void compared(long records) {
    compared.addAndGet(records);
  }

  void replayed(long records) {
    replayed.addAndGet(records);
  }

  /** Records of the log that were compared with the archive. */
  public long compared() {
    return compared.get();
  }

  /** Records that were replayed from chunks; at the end as many as were compared. */
  public long replayed() {
    return replayed.get();
  }
}
