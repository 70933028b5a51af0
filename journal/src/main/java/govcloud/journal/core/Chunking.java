package govcloud.journal.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the log holds and no chunk does yet, by entity. Written to chunks lazily, so that many
 * records make one row; the watermark follows only after the chunks.
 */
final class Chunking {

  /** A record and the offset of its batch. */
  private record Waiting(Entry entry, long offset) {}

  /** The records of one entity that are in no chunk. */
  private static final class Pending {
    private final ArrayDeque<Waiting> records = new ArrayDeque<>();
    private long bytes;
    private long oldest;
    private long newest;
    private boolean writing;
    private boolean broken;
  }

  private final SliceHost host;
  private final LogStore store;
  private final Repeating repeating;
  private final HostSettings settings;
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private final Set<String> due = new LinkedHashSet<>();
  private final List<Runnable> flushed = new ArrayList<>();
  private int writing;
  private long raised;
  private long reached;
  private boolean raising;

  Chunking(SliceHost host, LogStore store, Repeating repeating, HostSettings settings) {
    this.host = host;
    this.store = store;
    this.repeating = repeating;
    this.settings = settings;
  }

  void startAt(long watermark) {
    raised = watermark;
  }

  /** The watermark as this host knows it to be stored. */
  long raised() {
    return raised;
  }

  boolean hasPending(String entityId) {
    return pending.containsKey(entityId);
  }

  /** The entity's records that are in no chunk, in the order of the log. */
  List<Entry> pendingOf(String entityId) {
    Pending of = pending.get(entityId);
    return of == null ? List.of() : of.records.stream().map(Waiting::entry).toList();
  }

  /**
   * @param follows false: the record does not follow the one before. Then it stays in the log, and
   *     the watermark below it, so that it can be looked at.
   */
  void add(Entry entry, long offset, boolean follows) {
    Pending of = pending.computeIfAbsent(entry.entityId(), id -> new Pending());
    if (of.records.isEmpty()) {
      of.oldest = host.now();
    }
    of.newest = host.now();
    of.records.add(new Waiting(entry, offset));
    of.bytes += entry.bytes().size();
    of.broken |= !follows;
    if (of.bytes >= settings.chunkBytes()) {
      due.add(entry.entityId());
      write();
    }
  }

  void tick() {
    long quiet = host.now() - settings.ticks(settings.chunkQuiet());
    long old = host.now() - settings.ticks(settings.chunkAge());
    pending.forEach(
        (entity, of) -> {
          if (of.newest <= quiet || of.oldest <= old) {
            due.add(entity);
          }
        });
    write();
    raiseWatermark();
  }

  /** Writes everything, raises the watermark, then runs the action. */
  void flush(Runnable then) {
    due.addAll(pending.keySet());
    flushed.add(then);
    write();
    raiseWatermark();
  }

  private void write() {
    Iterator<String> entities = due.iterator();
    List<String> starting = new ArrayList<>();
    while (host.serving() && writing < settings.chunkParallelism() && entities.hasNext()) {
      String entity = entities.next();
      Pending of = pending.get(entity);
      if (of != null && of.writing) {
        continue;
      }
      entities.remove();
      if (of != null && !of.broken) {
        of.writing = true;
        writing++;
        starting.add(entity);
      }
    }
    starting.forEach(entity -> write(entity, pending.get(entity)));
  }

  private void write(String entity, Pending of) {
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    for (Waiting waiting : of.records) {
      if (!entries.isEmpty() && bytes + waiting.entry.bytes().size() > settings.chunkBytes()) {
        break;
      }
      entries.add(waiting.entry);
      bytes += waiting.entry.bytes().size();
    }
    Chunk chunk = new Chunk(entity, entries);
    repeating.<Void>ask(
        host::running,
        reply -> store.writeChunk(chunk, reply),
        nothing -> written(entity, of, entries.size()),
        host::damaged);
  }

  private void written(String entity, Pending of, int count) {
    for (int i = 0; i < count; i++) {
      of.bytes -= of.records.remove().entry.bytes().size();
    }
    of.writing = false;
    of.oldest = of.newest;
    writing--;
    if (of.records.isEmpty()) {
      pending.remove(entity);
    } else if (!flushed.isEmpty() || of.bytes >= settings.chunkBytes()) {
      due.add(entity);
    }
    write();
    if (!flushed.isEmpty()) {
      raiseWatermark();
    }
  }

  /** All rows with records lie below this offset, as far as the host knows. */
  void reached(long offset) {
    reached = offset;
  }

  /**
   * One at a time, and never past a record that is in no chunk, nor past the row behind the last
   * record: the row before the watermark tells the next host how far the slice's records reach.
   */
  private void raiseWatermark() {
    long target = reached;
    for (Pending of : pending.values()) {
      target = Math.min(target, of.records.getFirst().offset);
    }
    if (raising || (!flushed.isEmpty() && writing > 0)) {
      return;
    }
    if (target <= raised) {
      flushed.forEach(Runnable::run);
      flushed.clear();
      return;
    }
    raising = true;
    long offset = target;
    repeating.<Void>ask(
        host::running,
        reply -> store.raiseWatermark(host.slice(), offset, reply),
        nothing -> {
          raising = false;
          raised = offset;
          if (!flushed.isEmpty()) {
            raiseWatermark();
          }
        },
        host::damaged);
  }
}
