package govcloud.journal.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a database holds, and what its operations do at the moment they act. One slice. */
final class ModelLog {

  private final TreeMap<Long, Batch> rows = new TreeMap<>();
  private final Map<String, TreeMap<String, Chunk>> chunks = new LinkedHashMap<>();
  private long watermark;

  LogStore.Appended append(long offset, Batch batch) {
    Batch there = rows.putIfAbsent(offset, batch);
    return new LogStore.Appended(there == null, there == null ? batch : there);
  }

  List<Batch> read(long offset, int limit) {
    List<Batch> found = new ArrayList<>();
    while (found.size() < limit && rows.containsKey(offset + found.size())) {
      found.add(rows.get(offset + found.size()));
    }
    return found;
  }

  Optional<Batch> row(long offset) {
    return Optional.ofNullable(rows.get(offset));
  }

  void trim(long offset, List<Batch> stubs) {
    for (int i = 0; i < stubs.size(); i++) {
      Batch there = rows.get(offset + i);
      if (there == null || !there.isSameAs(stubs.get(i))) {
        throw new IllegalStateException("trim of another batch at " + (offset + i));
      }
    }
    for (int i = 0; i < stubs.size(); i++) {
      rows.put(offset + i, stubs.get(i));
    }
  }

  /** Puts a row where nobody checked; for damage. */
  void overwrite(long offset, Batch batch) {
    rows.put(offset, batch);
  }

  long watermark() {
    return watermark;
  }

  void raiseWatermark(long offset) {
    watermark = Math.max(watermark, offset);
  }

  List<Chunk> chunksOf(String entityId) {
    return List.copyOf(chunks.getOrDefault(entityId, new TreeMap<>()).values());
  }

  void putChunk(Chunk chunk) {
    chunks
        .computeIfAbsent(chunk.entityId(), id -> new TreeMap<>())
        .put(chunk.fromSequence() + "-" + chunk.toSequence(), chunk);
  }

  /** Loses chunks; for damage. */
  void dropChunks(String entityId) {
    chunks.remove(entityId);
  }

  List<Batch> rows() {
    return List.copyOf(rows.values());
  }

  List<Entry> entriesOf(String entityId) {
    return rows.values().stream()
        .flatMap(batch -> batch.entries().stream())
        .filter(entry -> entry.entityId().equals(entityId))
        .toList();
  }
}
