package govcloud.node.projection;

import govcloud.journal.Position;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * How far every slice is and was during the last minutes, as far as this node knows: what a view
 * has not reached yet, and since when.
 */
final class SliceHeads {

  private static final int SAMPLES = 900;

  private record Sample(long atMillis, List<Long> positions) {}

  /**
   * What lies between a view and the end of a slice.
   *
   * @param records at least as many; batches of the log count as one
   * @param seconds since the oldest of them was there, within a second
   */
  record Behind(long records, double seconds) {}

  private final int slices;
  private final IntToLongFunction head;
  private final Clock clock;
  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * @param head the last position of a slice that this node knows of
   */
  SliceHeads(int slices, IntToLongFunction head, Clock clock) {
    this.slices = slices;
    this.head = head;
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

  /** What a view that has come to {@code reached} has not seen. */
  synchronized Behind behind(int slice, long reached) {
    long last = head.applyAsLong(slice);
    if (last <= reached) {
      return new Behind(0, 0);
    }
    Iterator<Sample> oldest = samples.iterator();
    while (oldest.hasNext()) {
      Sample sample = oldest.next();
      if (sample.positions().get(slice) > reached) {
        return new Behind(
            records(reached, last), Math.max(0, clock.millis() - sample.atMillis()) / 1000.0);
      }
    }
    return new Behind(records(reached, last), 0);
  }

  private static long records(long reached, long last) {
    long batches = (last >> Position.INDEX_BITS) - (reached >> Position.INDEX_BITS);
    return batches > 0 ? batches : last - reached;
  }
}
