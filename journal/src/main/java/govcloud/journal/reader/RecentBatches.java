package govcloud.journal.reader;

import govcloud.journal.core.Batch;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The newest rows of slices that this node hosts, as the host learnt them: stored for good and
 * never changed again. Readers on this node find them here instead of asking Cassandra, each of
 * them, for what has just been written.
 */
public final class RecentBatches {

  /** Consecutive rows of one slice. */
  private static final class Tail {
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private long first;
    private long bytes;
  }

  private final long mostBytes;
  private final List<Tail> tails;

  /**
   * @param slices of the cloud
   * @param mostBytes kept for each slice, as stored before compression; 0 keeps none
   */
  public RecentBatches(int slices, long mostBytes) {
    this.mostBytes = mostBytes;
    this.tails = IntStream.range(0, slices).mapToObj(slice -> new Tail()).toList();
  }

  /** Keeps a row that is stored; what does not follow the row before begins a new tail. */
  public void add(int slice, long offset, Batch batch) {
    Tail tail = tails.get(slice);
    synchronized (tail) {
      if (offset != tail.first + tail.batches.size()) {
        tail.batches.clear();
        tail.bytes = 0;
        tail.first = offset;
      }
      tail.batches.add(batch);
      tail.bytes += batch.bytes().size();
      while (tail.bytes > mostBytes && !tail.batches.isEmpty()) {
        tail.bytes -= tail.batches.remove().bytes().size();
        tail.first++;
      }
    }
  }

  /** Rows from an offset on, at most a number of them; empty where the row is not kept. */
  List<Batch> from(int slice, long offset, int limit) {
    Tail tail = tails.get(slice);
    synchronized (tail) {
      long skipped = offset - tail.first;
      return skipped < 0 || skipped >= tail.batches.size()
          ? List.of()
          : tail.batches.stream().skip(skipped).limit(limit).toList();
    }
  }
}
