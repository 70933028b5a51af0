package govcloud.journal.core;

import govcloud.journal.JournalException;
import govcloud.journal.Position;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes records out of the log when they are in chunks and everybody has read them. Row by row from
 * the beginning, so what is trimmed is always the first part of the log; every row keeps its key
 * and a stub.
 */
final class Trimming {

  private static final int ROWS_AT_ONCE = 16;

  private final SliceHost host;
  private final LogStore store;
  private final Repeating repeating;
  private final HostSettings settings;
  private final ReaderPositions readers;
  private boolean busy;
  private long due;
  private long next = -1;

  Trimming(
      SliceHost host,
      LogStore store,
      Repeating repeating,
      HostSettings settings,
      ReaderPositions readers) {
    this.host = host;
    this.store = store;
    this.repeating = repeating;
    this.settings = settings;
    this.readers = readers;
  }

  void tick() {
    if (!settings.trim().enabled() || busy || host.now() < due) {
      return;
    }
    due = host.now() + settings.ticks(settings.trim().interval());
    busy = true;
    repeating.<Long>ask(
        host::running, reply -> readers.slowest(host.slice(), reply), this::upTo, this::giveUp);
  }

  /** The row in which the slowest reader is stays: it is read again for its hash. */
  private void upTo(long slowest) {
    long read = slowest < 0 ? 0 : Position.of(slowest).offset();
    long kept = host.end().next() - settings.trim().keep();
    long limit = Math.min(read, Math.min(kept, host.chunking().raised()));
    if (next >= 0) {
      trim(limit);
    } else {
      search(0, Math.max(0, limit), limit);
    }
  }

  /** Finds where an earlier host stopped: halves what is left until nothing is. */
  private void search(long low, long high, long limit) {
    if (low >= high) {
      next = low;
      trim(limit);
      return;
    }
    long middle = (low + high) / 2;
    read(
        middle,
        high - middle,
        rows -> {
          for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).trimmed()) {
              search(middle + i + 1, high, limit);
              return;
            }
            if (!rows.get(i).entries().isEmpty()) {
              break;
            }
          }
          search(low, middle, limit);
        });
  }

  private void trim(long limit) {
    if (next >= limit) {
      busy = false;
      return;
    }
    read(
        next,
        limit - next,
        rows -> {
          if (rows.isEmpty()) {
            busy = false;
          } else {
            write(rows.stream().map(Batch::stub).toList(), limit);
          }
        });
  }

  private void write(List<Batch> stubs, long limit) {
    repeating.<Void>ask(
        host::running,
        reply -> store.trim(host.slice(), next, stubs, reply),
        nothing -> {
          next += stubs.size();
          trim(limit);
        },
        this::giveUp);
  }

  private void read(long offset, long most, Consumer<List<Batch>> then) {
    int limit = (int) Math.min(most, ROWS_AT_ONCE);
    repeating.<List<Batch>>ask(
        host::running, reply -> store.read(host.slice(), offset, limit, reply), then, this::giveUp);
  }

  /** What is damaged stays as it is; the next look finds it again. */
  private void giveUp(JournalException damage) {
    busy = false;
  }
}
