package govcloud.node.replication;

import java.time.Duration;
import java.time.Instant;

/**
 * Which attachments are not yet at the sibling, as the node says that looks after them.
 *
 * @param known whether the sibling has said what it has
 * @param missing how many are here and not known to be there
 * @param bytes of them, as stored
 * @param oldestMillis since when one is known to be missing, milliseconds since 1970; 0: none is
 * @param toldMillis when this was said, milliseconds since 1970
 */
public record AttachmentState(
    boolean known, long missing, long bytes, long oldestMillis, long toldMillis) {

  /** Nothing was said yet. */
  static final AttachmentState UNKNOWN = new AttachmentState(false, 0, 0, 0, 0);

  /** Whether it can be relied on at a moment: it is told every two seconds. */
  boolean isKnownAt(Instant now) {
    return known && Instant.ofEpochMilli(toldMillis).plus(ReplicationStatus.SILENCE).isAfter(now);
  }

  /** Whether one has been missing for longer than a time. */
  boolean isMissingFor(Duration time, Instant now) {
    return oldestMillis > 0 && Instant.ofEpochMilli(oldestMillis).plus(time).isBefore(now);
  }
}
