package govcloud.journal.reader;

import govcloud.journal.core.Batch;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The newest rows of slices, as their host on this node or a reader learnt them: stored for good
 * and never changed again. Readers on this node find them here instead of asking Cassandra, each of
 * them, for what has just been written.
 */
public final class RecentBatches {

  /** Consecutive rows of one slice. */
  private static final class Tail {
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private long first;
    private long bytes;

    long end() {
      return first + batches.size();
    }
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

  /** Keeps a row that is stored; what does not follow the rows before begins a new tail. */
  public void add(int slice, long offset, Batch batch) {
    Tail tail = tails.get(slice);
    synchronized (tail) {
      if (offset >= tail.first && offset < tail.end()) {
        return;
      }
      if (offset != tail.end()) {
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

  /** Keeps rows that a reader found, where they lie behind those that are kept. */
  void learn(int slice, long offset, List<Batch> batches) {
    Tail tail = tails.get(slice);
    synchronized (tail) {
      for (int i = 0; i < batches.size(); i++) {
        if (offset + i >= tail.end()) {
          add(slice, offset + i, batches.get(i));
        }
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
