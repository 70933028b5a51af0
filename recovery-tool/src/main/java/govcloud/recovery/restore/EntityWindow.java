package govcloud.recovery.restore;

import govcloud.journal.core.Chunk;
import govcloud.journal.core.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The records of some segments, entity by entity. As large as its records; for one thread. */
final class EntityWindow {
  private final int chunkBytes;
  private final Map<String, List<Entry>> entities = new HashMap<>();
  private long bytes;

  /**
   * An empty window.
   *
   * @param chunkBytes most bytes in a chunk
   */
  EntityWindow(int chunkBytes) {
    this.chunkBytes = chunkBytes;
  }

  void add(Entry entry) {
    entities.computeIfAbsent(entry.entityId(), id -> new ArrayList<>(4)).add(entry);
    bytes += entry.bytes().size();
  }

  long bytes() {
    return bytes;
  }

  /** The records as chunks; the window is empty afterwards. */
  List<Chunk> drain() {
    List<Chunk> chunks = new ArrayList<>(entities.size());
    entities.forEach((entity, entries) -> split(entity, entries, chunks));
    entities.clear();
    bytes = 0;
    return chunks;
  }

  private void split(String entity, List<Entry> entries, List<Chunk> chunks) {
    int from = 0;
    long size = 0;
    for (int i = 0; i < entries.size(); i++) {
      int next = entries.get(i).bytes().size();
      if (i > from && size + next > chunkBytes) {
        chunks.add(new Chunk(entity, entries.subList(from, i)));
        from = i;
        size = 0;
      }
      size += next;
    }
    chunks.add(new Chunk(entity, entries.subList(from, entries.size())));
  }
}
