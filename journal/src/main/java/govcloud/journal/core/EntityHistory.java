package govcloud.journal.core;

import govcloud.journal.DamagedEntityException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts an entity's records together from chunks and log, and finds out whether they are the ones
 * that were written: every sequence there, each naming the hash of the one before, no two different
 * for one sequence.
 */
final class EntityHistory {

  private final String entityId;
  private final long fromSequence;
  private final long anchor;
  private final TreeMap<Long, Entry> found = new TreeMap<>();
  private DamagedEntityException disagreement;

  /**
   * @param fromSequence first sequence wanted. If it is above 1, somebody has seen the one before,
   *     so that has to be there as well.
   */
  EntityHistory(String entityId, long fromSequence) {
    this.entityId = entityId;
    this.fromSequence = Math.max(1, fromSequence);
    this.anchor = Math.max(1, this.fromSequence - 1);
  }

  /** First sequence that has to be read for the checks. */
  long anchor() {
    return anchor;
  }

  void addChunks(List<Chunk> chunks) {
    chunks.forEach(chunk -> addAll(chunk.entries()));
  }

  void addAll(List<Entry> entries) {
    entries.forEach(this::add);
  }

  void add(Entry entry) {
    if (!entry.entityId().equals(entityId)) {
      disagree(entry.sequence(), "a record of " + entry.entityId() + " lies among its records");
    } else if (entry.sequence() >= anchor) {
      Entry other = found.putIfAbsent(entry.sequence(), entry);
      if (other != null && !other.hash().equals(entry.hash())) {
        disagree(entry.sequence(), "two different records");
      }
    }
  }

  private void disagree(long sequence, String finding) {
    if (disagreement == null || sequence < disagreement.sequence()) {
      disagreement = new DamagedEntityException(entityId, sequence, finding);
    }
  }

  /** The records wanted, in order; throws if they do not hang together. */
  List<Entry> check() throws DamagedEntityException {
    if (disagreement != null) {
      throw disagreement;
    }
    boolean anchorSeen = fromSequence > 1;
    if (anchorSeen && !found.containsKey(anchor)) {
      throw damage(anchor, found.isEmpty() ? "lost, though it was seen before" : "missing");
    }
    List<Entry> records = new ArrayList<>(found.size());
    Entry previous = null;
    for (Entry entry : found.values()) {
      long expected = previous == null ? anchor : previous.sequence() + 1;
      if (entry.sequence() != expected) {
        throw damage(expected, "missing, though " + entry.sequence() + " is there");
      }
      checkChain(previous, entry);
      if (entry.sequence() >= fromSequence) {
        records.add(entry);
      }
      previous = entry;
    }
    return records;
  }

  /** The end of what was found. */
  Head head() {
    return found.isEmpty() ? Head.NONE : found.lastEntry().getValue().head();
  }

  private void checkChain(Entry previous, Entry entry) {
    boolean isFirst = entry.sequence() == 1;
    if (previous == null && !isFirst) {
      return;
    }
    Head before = isFirst ? Head.NONE : previous.head();
    if (!entry.record().getPreviousHash().equals(before.hash())) {
      throw damage(entry.sequence(), "does not name the hash of the record before it");
    }
  }

  private DamagedEntityException damage(long sequence, String finding) {
    return new DamagedEntityException(entityId, sequence, finding);
  }
}
