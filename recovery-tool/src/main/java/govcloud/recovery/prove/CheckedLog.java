package govcloud.recovery.prove;

import govcloud.recovery.RecoveryException;
import java.util.Map;
import java.util.function.Predicate;

/** The restored log of one slice as it is compared with the archive. For one thread. */
interface CheckedLog {
  /**
   * Compares segments; asked for in ascending order.
   *
   * @throws RecoveryException when the archive lacks one: then nothing can be proved
   */
  void compare(long fromSegment, long toSegment) throws RecoveryException;

  /** Looks at what lies behind the last segment that was compared; nothing may. */
  void finish();

  /** What nodes may have written behind the last segment that was compared. */
  LaterRows later(Predicate<String> served);

  /** Where each entity ends, as far as the log was compared; changes when it goes on. */
  Map<String, EntityEnd> ends();

  /** Number of the last partition of the log that has rows of the archive; -1: none. */
  long lastBucket();

  /** The offset behind the last row with records. */
  long behindRecords();

  /** Rows that were compared. */
  long compared();
}
