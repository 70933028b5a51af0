package govcloud.node.replication.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.cassandra.StoredJournal;
import govcloud.journal.cassandra.StoredJournal.LogRow;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Entry;
import govcloud.node.replication.Pace;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Segment;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.List;
import java.util.Optional;

/**
 * The batches of a slice from the first to the last: as the archive has them, and behind it as the
 * log has them. Records that were trimmed from the log are so there too. Blocks; for one thread.
 */
public final class SliceLog {

  /** Hears of each offset. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A batch.
     *
     * @param archived as the archive has it; empty: it is in no segment
     * @param stored the row of the log; empty: there is none
     * @return whether more is wanted
     */
    boolean batch(long offset, Optional<Batch> archived, Optional<LogRow> stored);
  }

  private final int slice;
  private final KeyedArchive archive;
  private final long lastSegment;
  private final StoredJournal journal;
  private final Pace pace;

  /**
   * A log; nothing is read yet.
   *
   * @param lastSegment number of the last segment in the archive; 0: none
   */
  public SliceLog(
      int slice, KeyedArchive archive, long lastSegment, StoredJournal journal, Pace pace) {
    this.slice = slice;
    this.archive = archive;
    this.lastSegment = lastSegment;
    this.journal = journal;
    this.pace = pace;
  }

  /** Goes through all that is there now. What is wrong with segments is told elsewhere. */
  void walk(Listener listener) throws ArchiveStoreException, KeyException {
    walk(1, 0, listener);
  }

  /**
   * Goes through what is there now from an offset on.
   *
   * @param segment the first that ends at or behind the offset
   * @return false: the listener wanted no more
   */
  public boolean walk(long segment, long from, Listener listener)
      throws ArchiveStoreException, KeyException {
    StoredJournal.LogRows rows = journal.log(slice);
    long offset = from;
    for (long number = segment; number <= lastSegment; number++) {
      Optional<Segment> found = segment(number);
      if (found.isEmpty()) {
        continue;
      }
      long first = found.get().statement().getFirstOffset();
      for (; offset < first; offset++) {
        if (!tell(listener, offset, Optional.empty(), rows.at(offset))) {
          return false;
        }
      }
      pace.took(found.get().file().size());
      List<ByteString> batches = batches(found.get());
      for (; offset < first + batches.size(); offset++) {
        Optional<Batch> archived = parsed(batches.get(Math.toIntExact(offset - first)));
        if (!tell(listener, offset, archived, rows.at(offset))) {
          return false;
        }
      }
    }
    for (Optional<LogRow> row = rows.at(offset); row.isPresent(); row = rows.at(++offset)) {
      if (!tell(listener, offset, Optional.empty(), row)) {
        return false;
      }
    }
    return true;
  }

  private Optional<Segment> segment(long number) throws ArchiveStoreException {
    try {
      return archive.segment(slice, number);
    } catch (DamagedReplicaException e) {
      return Optional.empty();
    }
  }

  private List<ByteString> batches(Segment segment) throws KeyException {
    try {
      return archive.reader(segment).batches(segment);
    } catch (DamagedReplicaException e) {
      return List.of();
    }
  }

  private static Optional<Batch> parsed(ByteString bytes) {
    try {
      return Optional.of(Batch.parse(bytes));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private boolean tell(
      Listener listener, long offset, Optional<Batch> archived, Optional<LogRow> stored)
      throws ArchiveStoreException {
    pace.took(stored.map(LogRow::bytes).orElse(0));
    return listener.batch(offset, archived, stored);
  }

  /** The records that count: the signed ones, or else those of the log. */
  public static List<Entry> entries(Optional<Batch> archived, Optional<LogRow> stored) {
    return archived.or(() -> stored.flatMap(LogRow::batch)).map(Batch::entries).orElse(List.of());
  }
}
