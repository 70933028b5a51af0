package govcloud.journal.simulation;

import govcloud.journal.core.Batch;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.Entry;
import govcloud.journal.core.LogStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What a database holds of one slice, and what its operations do at the moment they act. A
 * conditional write is one point in time; plain reads of the log see it some time later, or at once
 * after a conditional write or a SERIAL read of that row.
 */
public final class Tables {

  /** Offsets in one partition: a read of the log ends where a partition ends. */
  public static final int PARTITION = 8;

  /** Looks at everything that changes, at the moment it does. */
  interface Observer {
    /** Sees nothing. */
    Observer NOBODY = new Observer() {};

    /** A conditional append acted. */
    default void appended(long offset, Batch batch, LogStore.Appended answer) {}

    /** Rows are about to be replaced by stubs. */
    default void trimming(long offset, List<Batch> stubs) {}

    /** A watermark was written. */
    default void raised(long offset) {}

    /** A chunk was written. */
    default void chunked(Chunk chunk) {}

    /** A plain read missed a row that was there. */
    default void missed(long offset) {}
  }

  private static final class Row {
    private Batch stored;
    private Batch visible;
  }

  private final TreeMap<Long, Row> rows = new TreeMap<>();
  private final Map<String, Map<String, Chunk>> chunks = new LinkedHashMap<>();
  private final VirtualTime time;
  private final LongSupplier lag;
  private final Observer observer;
  private long watermark;

  /** Tables in which everything is visible at once. */
  public Tables() {
    this(new VirtualTime(), () -> 0, Observer.NOBODY);
  }

  Tables(VirtualTime time, LongSupplier lag, Observer observer) {
    this.time = time;
    this.lag = lag;
    this.observer = observer;
  }

  LogStore.Appended append(long offset, Batch batch) {
    Row row = rows.get(offset);
    boolean applied = row == null;
    if (applied) {
      row = new Row();
      rows.put(offset, row);
      store(row, batch);
    } else {
      row.visible = row.stored;
    }
    LogStore.Appended answer = new LogStore.Appended(applied, row.stored);
    observer.appended(offset, batch, answer);
    return answer;
  }

  private void store(Row row, Batch batch) {
    row.stored = batch;
    long delay = lag.getAsLong();
    if (delay == 0) {
      row.visible = batch;
    } else {
      time.after(delay, () -> row.visible = row.stored);
    }
  }

  void trim(long offset, List<Batch> stubs) {
    for (int i = 0; i < stubs.size(); i++) {
      Row row = rows.get(offset + i);
      boolean same =
          row != null
              && row.stored.incarnation().equals(stubs.get(i).incarnation())
              && row.stored.nonce() == stubs.get(i).nonce();
      if (!same) {
        throw new Violation("trim of another batch at offset " + (offset + i));
      }
    }
    observer.trimming(offset, stubs);
    for (int i = 0; i < stubs.size(); i++) {
      store(rows.get(offset + i), stubs.get(i));
    }
  }

  /** Rows as a plain read sees them, at most to the end of the partition. */
  public List<Batch> read(long offset, int limit) {
    List<Batch> found = new ArrayList<>();
    long end = Math.min(offset + limit, (offset / PARTITION + 1) * PARTITION);
    for (long at = offset; at < end; at++) {
      Row row = rows.get(at);
      if (row == null || row.visible == null) {
        if (row != null) {
          observer.missed(at);
        }
        break;
      }
      found.add(row.visible);
    }
    return found;
  }

  Optional<Batch> readSerial(long offset) {
    Row row = rows.get(offset);
    if (row == null) {
      return Optional.empty();
    }
    row.visible = row.stored;
    return Optional.of(row.stored);
  }

  /** Puts a row where nobody checked; for damage. */
  public void overwrite(long offset, Batch batch) {
    store(rows.computeIfAbsent(offset, at -> new Row()), batch);
  }

  /** The highest watermark ever written. */
  public long watermark() {
    return watermark;
  }

  /** Writes a watermark; the highest counts. */
  public void raiseWatermark(long offset) {
    observer.raised(offset);
    watermark = Math.max(watermark, offset);
  }

  /** An entity's chunks in the order in which they were first written. */
  public List<Chunk> chunksOf(String entityId) {
    return List.copyOf(chunks.getOrDefault(entityId, Map.of()).values());
  }

  /** Writes a chunk. */
  public void putChunk(Chunk chunk) {
    chunks
        .computeIfAbsent(chunk.entityId(), id -> new LinkedHashMap<>())
        .put(chunk.toSequence() + "-" + chunk.fromSequence(), chunk);
    observer.chunked(chunk);
  }

  /** Loses chunks; for damage. */
  public void dropChunks(String entityId) {
    chunks.remove(entityId);
  }

  /** All rows. */
  public List<Batch> rows() {
    return rows.values().stream().map(row -> row.stored).toList();
  }

  /** All records of an entity that the log holds. */
  public List<Entry> entriesOf(String entityId) {
    return rows().stream()
        .flatMap(batch -> batch.entries().stream())
        .filter(entry -> entry.entityId().equals(entityId))
        .toList();
  }
}
