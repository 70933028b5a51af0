package govcloud.node.replication.audit;

import govcloud.journal.cassandra.StoredJournal.ChunkRow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Entities of a slice whose chunks alone do not show that they are those of the log. */
final class Suspects {
  /** Entities that are looked at closely in one audit; the others are looked at in the next. */
  static final int MOST = 100;

  private final Map<String, List<ChunkRow>> rows = new TreeMap<>();
  private final Deque<String> grown = new ArrayDeque<>();
  private long further;

  /**
   * One more. Where there are too many, one that is wrong takes the place of one that grew, or is
   * counted; one that grew is left out, since most of a busy cloud's are right.
   *
   * @param grew whether nothing but growth while the audit reads need be the reason
   */
  void add(String entity, List<ChunkRow> its, boolean grew) {
    if (rows.size() == MOST && !grew && !grown.isEmpty()) {
      rows.remove(grown.pop());
    }
    if (rows.size() < MOST) {
      rows.put(entity, its);
      if (grew) {
        grown.push(entity);
      }
    } else if (!grew) {
      further++;
    }
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Those that are looked at closely. */
  Map<String, List<ChunkRow>> rows() {
    return rows;
  }

  /** What is to be said of the others; empty where there are none. */
  Optional<String> further() {
    return further == 0
        ? Optional.empty()
        : Optional.of(
            "chunks of "
                + further
                + " further entities are suspect and were not looked at (expected: at most "
                + MOST
                + "); the next audit looks at them");
  }
}
