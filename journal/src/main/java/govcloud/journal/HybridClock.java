package govcloud.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A hybrid logical clock: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16.
 * It never goes back, and what follows from something seen is later than it, whatever the wall
 * clocks of the nodes say.
 */
public final class HybridClock {

  private static final int COUNTER_BITS = 16;

  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  /** A clock that follows the wall clock given. */
  public HybridClock(Clock clock) {
    this.clock = clock;
  }

  /** A time later than all given or seen so far. */
  public long next() {
    long wall = clock.millis() << COUNTER_BITS;
    return last.updateAndGet(was -> Math.max(was + 1, wall));
  }

  /** Learns a time that came with a message or a record, and gives a later one. */
  public long next(long seen) {
    long wall = clock.millis() << COUNTER_BITS;
    return last.updateAndGet(was -> Math.max(Math.max(was, seen) + 1, wall));
  }

  /** Milliseconds since 1970 in a time of this clock. */
  public static long millisOf(long time) {
    return time >>> COUNTER_BITS;
  }

  /** The last time of this clock in a moment's millisecond. */
  public static long lastOf(Instant moment) {
    return ((moment.toEpochMilli() + 1) << COUNTER_BITS) - 1;
  }
}
