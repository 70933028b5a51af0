package govcloud.journal.core;

import govcloud.journal.DamagedEntityException;
import govcloud.journal.JournalException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads one entity without hosting its slice: watermark, then chunks, then the log from the
 * watermark to an offset that is surely absent. In this order nothing that was acknowledged before
 * can be missed.
 */
public final class EntityScan {

  private static final int READ_AHEAD = 64;

  private final int slice;
  private final String entityId;
  private final long fromSequence;
  private final LogStore store;
  private final Repeating repeating;
  private final BooleanSupplier wanted;
  private final Reply<List<Entry>> reply;
  private EntityHistory history;

  /**
   * @param fromSequence above 1: the caller knows of the one before, so it has to be there
   * @param wanted false: stop asking, nobody waits any more
   */
  public EntityScan(
      int slice,
      String entityId,
      long fromSequence,
      LogStore store,
      Timers timers,
      HostSettings settings,
      BooleanSupplier wanted,
      Reply<List<Entry>> reply) {
    this.slice = slice;
    this.entityId = entityId;
    this.fromSequence = fromSequence;
    this.store = store;
    this.repeating = new Repeating(timers, settings);
    this.wanted = wanted;
    this.reply = reply;
  }

  /** Starts reading. The answer is the records or {@link DamagedEntityException}. */
  public void start() {
    history = new EntityHistory(entityId, fromSequence);
    repeating.<Long>ask(wanted, r -> store.readWatermark(slice, r), this::readChunks, this::fail);
  }

  private void readChunks(long watermark) {
    repeating.<List<Chunk>>ask(
        wanted,
        r -> store.readChunks(entityId, history.anchor(), r),
        chunks -> {
          history.addChunks(chunks);
          readLog(watermark);
        },
        this::fail);
  }

  private void readLog(long offset) {
    repeating.<List<Batch>>ask(
        wanted,
        r -> store.read(slice, offset, READ_AHEAD, r),
        batches -> {
          if (batches.isEmpty()) {
            confirm(offset);
          } else if (take(batches)) {
            readLog(offset + batches.size());
          }
        },
        this::fail);
  }

  private void confirm(long offset) {
    repeating.<Optional<Batch>>ask(
        wanted,
        r -> store.readSerial(slice, offset, r),
        row -> {
          if (row.isEmpty()) {
            finish();
          } else if (take(List.of(row.get()))) {
            readLog(offset + 1);
          }
        },
        this::fail);
  }

  /** False: rows were trimmed meanwhile, so the watermark has passed them; starts again there. */
  private boolean take(List<Batch> batches) {
    if (batches.stream().anyMatch(Batch::trimmed)) {
      start();
      return false;
    }
    for (Batch batch : batches) {
      for (Entry entry : batch.entries()) {
        if (entry.entityId().equals(entityId)) {
          history.add(entry);
        }
      }
    }
    return true;
  }

  private void finish() {
    List<Entry> entries;
    try {
      entries = history.check();
    } catch (DamagedEntityException damage) {
      fail(damage);
      return;
    }
    reply.succeed(entries);
  }

  private void fail(JournalException failure) {
    reply.fail(failure);
  }
}
