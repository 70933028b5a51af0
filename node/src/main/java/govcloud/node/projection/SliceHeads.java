package govcloud.node.projection;

import govcloud.journal.Position;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * How far every slice is and was during the last seconds, as far as this node knows: what a view
 * has not reached yet, and since when. What has waited for longer than that is looked up.
 */
final class SliceHeads {

  /** Few: what a node that has just started learns late of a slice soon is no longer trusted. */
  private static final int SAMPLES = 15;

  private record Sample(long atMillis, List<Long> positions) {}

  /**
   * What lies between a view and the end of a slice.
   *
   * @param records at least as many; batches of the log count as one
   * @param seconds since the oldest of them was there, within a second
   */
  record Behind(long records, double seconds) {}

  /** Looks up when the first record behind a position was written; empty if there is none. */
  @FunctionalInterface
  interface FirstBehind {
    CompletionStage<Optional<Instant>> of(int slice, long position);
  }

  private record Waiting(long reached, CompletionStage<Optional<Instant>> since) {}

  private final int slices;
  private final IntToLongFunction head;
  private final FirstBehind firstBehind;
  private final Clock clock;
  private final Map<ViewProgress.Key, Waiting> waiting = new HashMap<>();
  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * @param head the last position of a slice that this node knows of
   */
  SliceHeads(int slices, IntToLongFunction head, FirstBehind firstBehind, Clock clock) {
    this.slices = slices;
    this.head = head;
    this.firstBehind = firstBehind;
    this.clock = clock;
  }

  int slices() {
    return slices;
  }

  /** The last position of a slice that this node knows of. */
  long head(int slice) {
    return head.applyAsLong(slice);
  }

  /** Remembers how far the slices are; to be called about once a second. */
  synchronized void sample() {
    List<Long> positions =
        IntStream.range(0, slices).mapToObj(slice -> head.applyAsLong(slice)).toList();
    samples.addLast(new Sample(clock.millis(), positions));
    while (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
  }

  /**
   * What a view has not seen.
   *
   * @param reached how far it has come
   */
  CompletionStage<Behind> behind(ViewProgress.Key key, long reached) {
    long last = head.applyAsLong(key.slice());
    if (last <= reached) {
      return CompletableFuture.completedFuture(new Behind(0, 0));
    }
    long records = records(reached, last);
    OptionalLong sampled = since(key.slice(), reached);
    return sampled.isPresent()
        ? CompletableFuture.completedFuture(new Behind(records, seconds(sampled.getAsLong())))
        : lookUp(key, reached)
            .thenApply(
                since ->
                    new Behind(records, since.map(at -> seconds(at.toEpochMilli())).orElse(0.0)));
  }

  /** When the slice was first seen behind a position; empty if it was so at the oldest look. */
  private synchronized OptionalLong since(int slice, long reached) {
    if (samples.isEmpty() || samples.getFirst().positions().get(slice) > reached) {
      return OptionalLong.empty();
    }
    long first = clock.millis();
    for (Sample sample : samples) {
      if (sample.positions().get(slice) > reached) {
        first = sample.atMillis();
        break;
      }
    }
    return OptionalLong.of(first);
  }

  /** One look as long as the view stays where it is. */
  private synchronized CompletionStage<Optional<Instant>> lookUp(
      ViewProgress.Key key, long reached) {
    Waiting known = waiting.get(key);
    if (known == null
        || known.reached() != reached
        || known.since().toCompletableFuture().isCompletedExceptionally()) {
      known = new Waiting(reached, firstBehind.of(key.slice(), reached));
      waiting.put(key, known);
    }
    return known.since();
  }

  private double seconds(long sinceMillis) {
    return Math.max(0, clock.millis() - sinceMillis) / 1000.0;
  }

  private static long records(long reached, long last) {
    long batches = (last >> Position.INDEX_BITS) - (reached >> Position.INDEX_BITS);
    return batches > 0 ? batches : last - reached;
  }
}
