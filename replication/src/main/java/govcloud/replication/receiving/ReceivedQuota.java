package govcloud.replication.receiving;

import govcloud.replication.archive.ArchiveStoreException;
import java.util.Optional;

/**
 * How many bytes one other cloud may keep here. What is here is counted now and then, because other
 * nodes take in too, and between two counts what this one takes in is added; so the limit can be
 * passed by what the others take in meanwhile. Until the first count there is no limit. For several
 * threads.
 */
public final class ReceivedQuota {
  /** What a sender is told; it keeps what was not taken and sends it again. */
  public static final String CODE = "RECEIVER_QUOTA_EXCEEDED";

  private static final int NEARLY_PERCENT = 90;

  private final String origin;
  private final long limit;
  private boolean isCounted;
  private long used;
  private long sinceCount;
  private boolean hasRefused;

  /** Counts the bytes that are here. */
  public interface Count {
    /** So many bytes; may take long. */
    long bytes() throws ArchiveStoreException;
  }

  /**
   * A quota.
   *
   * @param origin the cloud whose files are counted
   * @param limit bytes; 0: none
   */
  public ReceivedQuota(String origin, long limit) {
    this.origin = origin;
    this.limit = limit;
  }

  /** Whether there is a limit at all. */
  public boolean isLimited() {
    return limit > 0;
  }

  /** The cloud whose files are counted. */
  public String origin() {
    return origin;
  }

  /** Counts again; blocks, but not those who take in. */
  public void count(Count count) throws ArchiveStoreException {
    synchronized (this) {
      sinceCount = 0;
    }
    long counted = count.bytes();
    synchronized (this) {
      // What came in meanwhile may have been seen or not; rather twice than not at all.
      used = counted + sinceCount;
      isCounted = true;
      hasRefused = false;
    }
  }

  /** Hears of bytes that were kept. */
  public synchronized void took(long bytes) {
    used += bytes;
    sinceCount += bytes;
  }

  /** Why so many bytes more are not taken; empty: they are. */
  public synchronized Optional<String> refuses(long bytes) {
    boolean isBeyond = isLimited() && isCounted && bytes > limit - used;
    hasRefused |= isBeyond;
    return isBeyond
        ? Optional.of(
            origin
                + " has "
                + used
                + " bytes here, and "
                + bytes
                + " more (expected: at most "
                + limit
                + ")")
        : Optional.empty();
  }

  /** What an operator should know before it is too late, or when it is; empty: all is well. */
  public synchronized Optional<String> warning() {
    return isLimited() && isCounted && (hasRefused || used >= limit / 100 * NEARLY_PERCENT)
        ? Optional.of(used + " bytes of " + limit)
        : Optional.empty();
  }
}
