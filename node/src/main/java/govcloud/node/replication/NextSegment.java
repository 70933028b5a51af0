package govcloud.node.replication;

import govcloud.journal.reader.LoggedBatch;
import govcloud.replication.archive.ReplicaLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a slice's log that will be its next segment, and whether it is time for it. What a
 * segment costs both clouds hardly depends on what is in it; so the more of them wait for the
 * sibling already, the longer rows are collected, and the fewer there are to catch up with. Not for
 * several threads.
 */
final class NextSegment {
  /** However many segments wait, the next becomes at most so many times as old as usual. */
  static final int PATIENCE = 20;

  private final long most;
  private final List<LoggedBatch> rows = new ArrayList<>();
  private long bytes;
  private int ages;
  private boolean isMarked;

  /**
   * Without a row.
   *
   * @param most with so many bytes it is closed
   */
  NextSegment(long most) {
    this.most = most;
  }

  /** Adds the next row. */
  void add(LoggedBatch row) {
    rows.add(row);
    bytes += row.batch().bytes().size();
    isMarked |= row.batch().mark();
  }

  /** Its rows are older by the age at which a segment is usually closed. */
  void age() {
    ages++;
  }

  /** Whether there is no row. */
  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Whether no further row may be added before it is closed. */
  boolean isFull() {
    return bytes >= most || rows.size() >= ReplicaLimits.BATCHES;
  }

  /** Whether there is a row with this offset or one before it. */
  boolean reaches(long offset) {
    return !rows.isEmpty() && rows.get(0).offset() <= offset;
  }

  /**
   * Whether it is time to close it: it is full, a cut ends with it, or its rows are old enough.
   *
   * @param waiting segments of the slice that wait for the sibling's receipt
   */
  boolean isDue(long waiting) {
    long old = Math.max(1, Math.min(PATIENCE, waiting));
    return !rows.isEmpty() && (isFull() || isMarked || ages >= old);
  }

  /** Closes it: gives its rows, and begins another one. */
  List<LoggedBatch> take() {
    List<LoggedBatch> taken = List.copyOf(rows);
    rows.clear();
    bytes = 0;
    ages = 0;
    isMarked = false;
    return taken;
  }
}
