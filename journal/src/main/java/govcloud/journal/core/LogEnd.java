package govcloud.journal.core;

import com.google.protobuf.ByteString;
import govcloud.journal.DamagedLogException;
import govcloud.journal.RecordHash;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the log ends as the host knows it: reads on from there, and appends there. */
final class LogEnd {

  private static final int READ_AHEAD = 64;

  private final SliceHost host;
  private final LogStore store;
  private final Repeating repeating;
  private final int slice;
  private final ReadLease lease;
  private long next;
  private boolean anchored = true;
  private ByteString lastHash = RecordHash.NONE;
  private long highestClock;
  private long closedClock;
  private long lastMark = -1;

  LogEnd(SliceHost host, LogStore store, Repeating repeating, int slice, ReadLease lease) {
    this.host = host;
    this.store = store;
    this.repeating = repeating;
    this.slice = slice;
    this.lease = lease;
  }

  /** Starts at a watermark: at the row before it, whose hash the next row has to name. */
  void startAt(long watermark) {
    next = Math.max(0, watermark - 1);
    anchored = next == 0;
  }

  /** The offset of the first row that is not known. */
  long next() {
    return next;
  }

  ByteString lastHash() {
    return lastHash;
  }

  long highestClock() {
    return highestClock;
  }

  /** No record may follow with this clock or a lower one. */
  long closedClock() {
    return closedClock;
  }

  /** The offset of the mark that closed it; -1 where it lies before what was read. */
  long lastMark() {
    return lastMark;
  }

  /** Goes past a row, which has to name the one before. */
  void advance(Batch batch) {
    if (anchored && !batch.previousHash().equals(lastHash)) {
      throw new DamagedLogException(
          "slice "
              + slice
              + ", offset "
              + next
              + ": does not name the batch before it (expected: an unbroken chain)");
    }
    anchored = true;
    lastHash = batch.hash();
    highestClock = Math.max(highestClock, batch.highestClock());
    closedClock = Math.max(closedClock, batch.closedClock());
    lastMark = batch.mark() ? next : lastMark;
    next++;
  }

  /** Absorbs all rows up to one that is surely absent. */
  void readForward(Runnable then) {
    long offset = next;
    repeating.<List<Batch>>ask(
        host::running,
        reply -> store.read(slice, offset, READ_AHEAD, reply),
        batches -> {
          for (Batch batch : batches) {
            host.absorb(batch);
            if (!host.running()) {
              return;
            }
          }
          if (batches.isEmpty()) {
            confirm(then);
          } else {
            readForward(then);
          }
        },
        host::damaged);
  }

  /** Like {@link #readForward}, for when there is probably nothing to read. */
  void confirm(Runnable then) {
    long offset = next;
    long begun = lease.begin();
    repeating.<Optional<Batch>>ask(
        host::running,
        reply -> store.readSerial(slice, offset, reply),
        row -> {
          if (row.isEmpty()) {
            lease.renew(begun);
            then.run();
            return;
          }
          host.absorb(row.get());
          if (host.running()) {
            readForward(then);
          }
        },
        host::damaged);
  }

  /**
   * Appends at the end and finds out whether the row there is ours or another's. An unknown outcome
   * is settled by a SERIAL read; if that finds nothing, the same batch goes to the same offset
   * again: a late first request can then only have the same effect.
   */
  void append(Batch batch, Runnable won, Consumer<Batch> lost) {
    long begun = lease.begin();
    append(
        next,
        batch,
        () -> {
          lease.renew(begun);
          won.run();
        },
        lost);
  }

  private void append(long offset, Batch batch, Runnable won, Consumer<Batch> lost) {
    store.append(
        slice,
        offset,
        batch,
        (answer, failure) -> {
          if (!host.running()) {
            return;
          }
          if (failure == null) {
            decide(batch, answer.row(), won, lost);
          } else {
            settle(offset, batch, won, lost);
          }
        });
  }

  private void settle(long offset, Batch batch, Runnable won, Consumer<Batch> lost) {
    repeating.<Optional<Batch>>ask(
        host::running,
        reply -> store.readSerial(slice, offset, reply),
        row -> {
          if (row.isPresent()) {
            decide(batch, row.get(), won, lost);
          } else {
            append(offset, batch, won, lost);
          }
        },
        host::damaged);
  }

  /** Whatever the store said of "applied": a repeated request finds its own row. */
  private void decide(Batch ours, Batch row, Runnable won, Consumer<Batch> lost) {
    if (row.isSameAs(ours)) {
      host.absorb(ours);
      won.run();
    } else {
      lost.accept(row);
    }
  }
}
