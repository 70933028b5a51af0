package govcloud.node.replication;

import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStoreException;
import java.util.concurrent.TimeUnit;

/**
 * A pace at which something is read that others work with.
 *
 * @param bytesPerSecond at most
 */
public record Pace(long bytesPerSecond) {

  /** Rests for what was read. */
  public void took(long bytes) throws ArchiveStoreException {
    if (bytes <= 0) {
      return;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_UNAVAILABLE, "interrupted");
    }
  }
}
