package govcloud.recovery.replica;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.core.Entry;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint.Copied;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;

/**
 * Reads what one department has in a slice. Every segment is verified as a file; of its content
 * only the department's own part is opened, with that department's key.
 */
public final class DepartmentRecords {
  private final KeyedArchive archive;
  private final int slice;
  private final Copied copied;
  private SliceHead head;

  /** Those of a slice, up to the moment of the copy; nothing read yet. */
  public DepartmentRecords(KeyedArchive archive, int slice, Copied copied) {
    this.archive = archive;
    this.slice = slice;
    this.copied = copied;
    this.head = SliceHead.start(slice);
  }

  /** Takes what is read. */
  public interface Sink {
    /** A record, in the order of the log. */
    void take(Entry entry) throws RecoveryException;

    /** A segment was read. */
    void read(Segment segment) throws RecoveryException;
  }

  /**
   * Goes on behind a segment, without what is in it and before it.
   *
   * @param number of the segment; 0: before the first
   */
  public void skipTo(long number) throws RecoveryException {
    try {
      head = number == 0 ? SliceHead.start(slice) : segment(number).head();
    } catch (ArchiveStoreException | DamagedReplicaException e) {
      throw damaged(number, e.getMessage());
    }
  }

  /**
   * Reads on, from behind what was read before.
   *
   * @param last number of the last segment
   * @throws RecoveryException with {@code RECOVERY_ARCHIVE_DAMAGED} where one is missing, damaged
   *     or does not continue the one before
   */
  public void read(long last, Sink sink) throws RecoveryException {
    try {
      while (head.number() < last) {
        Segment segment = next();
        SegmentReader reader = archive.reader(segment);
        for (ByteString record : reader.records(segment, copied.tenant())) {
          Entry entry = Entry.parse(record);
          if (entry.record().getHybridClock() <= copied.lastClock()) {
            sink.take(entry);
          }
        }
        sink.read(segment);
        head = segment.head();
      }
    } catch (ArchiveStoreException
        | DamagedReplicaException
        | KeyException
        | InvalidProtocolBufferException e) {
      throw new RecoveryException(
          Code.RECOVERY_ARCHIVE_DAMAGED, "slice " + slice + ": " + e.getMessage(), e);
    }
  }

  private Segment next() throws ArchiveStoreException, DamagedReplicaException, RecoveryException {
    Segment segment = segment(head.number() + 1);
    if (!segment.continues(head)) {
      throw damaged(head.number() + 1, "does not continue the one before");
    }
    return segment;
  }

  private Segment segment(long number)
      throws ArchiveStoreException, DamagedReplicaException, RecoveryException {
    return archive
        .segment(slice, number)
        .orElseThrow(() -> damaged(number, "missing (expected: there)"));
  }

  private RecoveryException damaged(long number, String detail) {
    return new RecoveryException(
        Code.RECOVERY_ARCHIVE_DAMAGED, ArchiveName.segment(slice, number).text() + ": " + detail);
  }
}
