package govcloud.node.replication;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whose turn it is on a line of so many bytes a second: the most urgent, and among those who came
 * first. How urgent somebody is may change while he waits. Whoever begins may send all of his
 * bytes, and those behind him wait until the line has made up for it; a line that was idle gives at
 * most the bytes of one second at once. Pure; not for several threads.
 */
final class LineQueue {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long bytesPerSecond;
  private final List<Turn> waiting = new ArrayList<>();
  private long freeAt;
  private long arrivals;

  /** Somebody who waits. */
  static final class Turn {
    private final long bytes;
    private final long arrival;
    private final Supplier<ShippingRank> rank;

    private Turn(long bytes, long arrival, Supplier<ShippingRank> rank) {
      this.bytes = bytes;
      this.arrival = arrival;
      this.rank = rank;
    }
  }

  /**
   * A line.
   *
   * @param now of a clock that never jumps, nanoseconds
   */
  LineQueue(long bytesPerSecond, long now) {
    this.bytesPerSecond = bytesPerSecond;
    this.freeAt = now;
  }

  /** Queues up. */
  Turn enter(long bytes, Supplier<ShippingRank> rank) {
    Turn turn = new Turn(bytes, arrivals++, rank);
    waiting.add(turn);
    return turn;
  }

  /** Gives up. */
  void leave(Turn turn) {
    waiting.remove(turn);
  }

  /**
   * How long to wait, nanoseconds; 0: the turn has begun, and is out of the queue. Empty: somebody
   * else is first.
   */
  OptionalLong waits(Turn turn, long now) {
    Turn first =
        waiting.stream()
            .min(
                Comparator.comparing((Turn one) -> one.rank.get())
                    .thenComparingLong(one -> one.arrival))
            .orElseThrow();
    if (first != turn) {
      return OptionalLong.empty();
    }
    if (freeAt > now) {
      return OptionalLong.of(freeAt - now);
    }
    waiting.remove(turn);
    double seconds = (double) turn.bytes / bytesPerSecond;
    freeAt = Math.max(freeAt, now - SECOND) + (long) (seconds * SECOND);
    return OptionalLong.of(0);
  }
}
