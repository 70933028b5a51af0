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
final class SliceLog {

  /** Hears of each offset. */
  interface Listener {
    /**
     * A batch.
     *
     * @param archived as the archive has it; empty: it is in no segment
     * @param stored the row of the log; empty: there is none
     */
    void batch(long offset, Optional<Batch> archived, Optional<LogRow> stored);
  }

  private final int slice;
  private final KeyedArchive archive;
  private final long lastSegment;
  private final StoredJournal journal;
  private final Pace pace;

  SliceLog(int slice, KeyedArchive archive, long lastSegment, StoredJournal journal, Pace pace) {
    this.slice = slice;
    this.archive = archive;
    this.lastSegment = lastSegment;
    this.journal = journal;
    this.pace = pace;
  }

  /** Goes through all that is there now. What is wrong with segments is told elsewhere. */
  void walk(Listener listener) throws ArchiveStoreException, KeyException {
    StoredJournal.LogRows rows = journal.log(slice);
    long offset = 0;
    for (long number = 1; number <= lastSegment; number++) {
      Optional<Segment> segment = segment(number);
      if (segment.isEmpty()) {
        continue;
      }
      for (long first = segment.get().statement().getFirstOffset(); offset < first; offset++) {
        tell(listener, offset, Optional.empty(), rows.at(offset));
      }
      pace.took(segment.get().file().size());
      for (ByteString bytes : batches(segment.get())) {
        tell(listener, offset, parsed(bytes), rows.at(offset));
        offset++;
      }
    }
    for (Optional<LogRow> row = rows.at(offset); row.isPresent(); row = rows.at(++offset)) {
      tell(listener, offset, Optional.empty(), row);
    }
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

  private void tell(
      Listener listener, long offset, Optional<Batch> archived, Optional<LogRow> stored)
      throws ArchiveStoreException {
    pace.took(stored.map(LogRow::bytes).orElse(0));
    listener.batch(offset, archived, stored);
  }

  /** The records that count: the signed ones, or else those of the log. */
  static List<Entry> entries(Optional<Batch> archived, Optional<LogRow> stored) {
    return archived.or(() -> stored.flatMap(LogRow::batch)).map(Batch::entries).orElse(List.of());
  }
}
