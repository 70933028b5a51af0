package govcloud.node.replication;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whose turn it is on a line of so many bytes a second: the most urgent, and among those who came
 * first. Nobody is starved: whoever is passed over is owed a tenth of the bytes that go before him,
 * and has his turn when that is as much as he has to send. How urgent somebody is may change while
 * he waits. Whoever begins may send all of his bytes, and those behind him wait until the line has
 * made up for it; a line that was idle gives at most the bytes of one second at once. Pure; not for
 * several threads.
 */
final class LineQueue {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Of so many bytes that go before somebody he is owed one. */
  private static final long SHARE = 10;

  private final long bytesPerSecond;
  private final List<Turn> waiting = new ArrayList<>();
  private final Map<ShippingRank, Long> owed = new EnumMap<>(ShippingRank.class);
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
    SortedMap<ShippingRank, Turn> first = firstOfRanks();
    if (next(first) != turn) {
      return OptionalLong.empty();
    }
    if (freeAt > now) {
      return OptionalLong.of(freeAt - now);
    }
    waiting.remove(turn);
    pay(first, turn);
    double seconds = (double) turn.bytes / bytesPerSecond;
    freeAt = Math.max(freeAt, now - SECOND) + (long) (seconds * SECOND);
    return OptionalLong.of(0);
  }

  private SortedMap<ShippingRank, Turn> firstOfRanks() {
    SortedMap<ShippingRank, Turn> first = new TreeMap<>();
    waiting.forEach(
        turn -> first.merge(turn.rank.get(), turn, (a, b) -> a.arrival < b.arrival ? a : b));
    return first;
  }

  private Turn next(SortedMap<ShippingRank, Turn> first) {
    return first.entrySet().stream()
        .filter(entry -> owed.getOrDefault(entry.getKey(), 0L) >= entry.getValue().bytes * SHARE)
        .findFirst()
        .map(Map.Entry::getValue)
        .orElseGet(() -> first.get(first.firstKey()));
  }

  /** Whoever is passed over is owed; whoever is not there is owed nothing. */
  private void pay(SortedMap<ShippingRank, Turn> first, Turn turn) {
    owed.keySet().retainAll(first.keySet());
    first.forEach(
        (rank, one) -> {
          boolean isHis = one == turn;
          long before = owed.getOrDefault(rank, 0L);
          owed.put(rank, isHis ? Math.max(0, before - turn.bytes * SHARE) : before + turn.bytes);
        });
  }
}
