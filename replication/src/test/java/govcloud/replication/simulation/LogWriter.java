package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.TestLog;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Whoever appends to the log of a slice in Cassandra: an append that is not acknowledged is sent
 * again, and may have been carried out, may be carried out later, or twice. A row is taken once
 * (the journal's own simulation shows that); who archives sees what is taken, also before it is
 * acknowledged.
 */
final class LogWriter {
  private static final int LONGEST_LOG = 7;

  private final World world;
  private final int slice;
  private final TestLog source;
  private final List<ByteString> rows;
  private final Queue<Append> waiting = new ArrayDeque<>();
  private long made;
  private int grown;

  private record Append(long offset, ByteString batch, Runnable acknowledged) {}

  LogWriter(World world, int slice, TestLog source, List<ByteString> rows) {
    this.world = world;
    this.slice = slice;
    this.source = source;
    this.rows = rows;
  }

  /** There is more to append, if there may be. */
  void grow() {
    if (grown < LONGEST_LOG) {
      List<ByteString> batches = source.batches((int) world.between(1, 3));
      grown += batches.size();
      batches.forEach(batch -> add(batch, () -> {}));
    }
  }

  /** Closes a moment, unless something later is in the log already. */
  void close(Moment moment) {
    if (source.clock() >= moment.clock()) {
      moment.spoil();
      return;
    }
    long offset = made;
    moment.add(source.heads());
    add(source.mark(moment.clock()), () -> moment.closed(slice, offset));
  }

  private void add(ByteString batch, Runnable acknowledged) {
    waiting.add(new Append(made++, batch, acknowledged));
  }

  /** The highest clock in the log. */
  long clock() {
    return source.clock();
  }

  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Appends, until one is not acknowledged. */
  void work() {
    while (!waiting.isEmpty() && isAcknowledged(waiting.peek())) {
      Append append = waiting.remove();
      world.checker.acknowledged(slice, append.batch());
      append.acknowledged().run();
      if (world.chance(0.2)) {
        int node = (int) world.between(0, World.NODES);
        world.homeNodes.get(node).await(slice, append.offset());
      }
    }
  }

  private boolean isAcknowledged(Append append) {
    if (world.strikes(0.04, Fault.APPEND_LOST)) {
      return false;
    }
    if (world.strikes(0.03, Fault.APPEND_LATE)) {
      later(append);
      return false;
    }
    if (world.strikes(0.03, Fault.APPEND_DOUBLED)) {
      later(append);
    }
    write(append);
    return !world.strikes(0.04, Fault.ACKNOWLEDGEMENT_LOST);
  }

  private void later(Append append) {
    world.time.after(world.between(1, 300), () -> write(append));
  }

  private void write(Append append) {
    if (append.offset() == rows.size()) {
      rows.add(append.batch());
    }
    Checker.require(
        rows.get(Math.toIntExact(append.offset())).equals(append.batch()),
        "slice " + slice + ": another batch is at " + append.offset());
  }
}
