package govcloud.recovery.restore;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Entry;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Restores one slice: its log row by row as it was, and the chunks of its entities. A window of
 * segments is written, then noted as the checkpoint; a run that was killed begins again with the
 * first segment behind the last checkpoint and writes the same bytes to the same places.
 */
final class SliceRestore {
  private final int slice;
  private final long last;
  private final Replica replica;
  private final Target target;
  private final RowWriter rows;
  private final RestoreProgress progress;
  private final long windowBytes;
  private final EntityWindow window;
  private final Set<String> early;
  private long passed;
  private SliceHead head;
  private long behindRecords;

  /**
   * A slice.
   *
   * @param last number of its last segment
   * @param early tenants whose chunks are there already
   */
  SliceRestore(
      int slice,
      long last,
      Replica replica,
      Target target,
      RowWriter rows,
      RestoreProgress progress,
      RestoreSettings settings,
      Set<String> early) {
    this.slice = slice;
    this.last = last;
    this.replica = replica;
    this.target = target;
    this.rows = rows;
    this.progress = progress;
    this.windowBytes = settings.windowBytes();
    this.window = new EntityWindow(settings.chunkBytes());
    this.early = early;
  }

  /**
   * Restores what is not restored yet.
   *
   * @throws RecoveryException when the archive lacks a segment, or Cassandra does not work
   */
  void run() throws RecoveryException {
    try (KeyedArchive archive = replica.open()) {
      long done = target.restoredSegment(slice);
      progress.skipped(done);
      head = done == 0 ? SliceHead.start(slice) : segment(archive, done).head();
      while (head.number() < last) {
        Segment segment = segment(archive, head.number() + 1);
        if (!segment.continues(head)) {
          throw damaged("segment " + (head.number() + 1) + ": does not continue the one before");
        }
        write(segment, archive.reader(segment).batches(segment));
        if (window.bytes() + passed >= windowBytes || head.number() == last) {
          checkpoint();
        }
      }
    } catch (ArchiveStoreException | DamagedReplicaException | KeyException e) {
      throw new RecoveryException(
          Code.RECOVERY_ARCHIVE_DAMAGED, "slice " + slice + ": " + e.getMessage(), e);
    } catch (InvalidProtocolBufferException e) {
      throw damaged("segment " + (head.number() + 1) + ": holds no batches: " + e.getMessage());
    }
  }

  private Segment segment(KeyedArchive archive, long number)
      throws ArchiveStoreException, DamagedReplicaException, RecoveryException {
    return archive
        .segment(slice, number)
        .orElseThrow(
            () ->
                damaged(ArchiveName.segment(slice, number).text() + ": missing (expected: there)"));
  }

  private void write(Segment segment, List<ByteString> stored)
      throws InvalidProtocolBufferException, RecoveryException {
    long offset = segment.statement().getFirstOffset();
    List<Batch> batches = new ArrayList<>(stored.size());
    for (ByteString bytes : stored) {
      Batch batch = Batch.parse(bytes);
      batches.add(batch);
      for (Entry entry : batch.entries()) {
        if (early.contains(entry.record().getTenant())) {
          passed += entry.bytes().size();
        } else {
          window.add(entry);
        }
        progress.restored(entry.record().getTenant());
      }
      if (!batch.entries().isEmpty()) {
        behindRecords = offset + batches.size();
      }
    }
    rows.add(target.log().batches(slice, offset, batches));
    progress.restored(segment.statement().getRecords(), segment.size());
    head = segment.head();
  }

  private void checkpoint() throws RecoveryException {
    rows.add(target.log().chunks(window.drain()));
    rows.checkpoint(slice, behindRecords, head.number());
    passed = 0;
  }

  private RecoveryException damaged(String detail) {
    return new RecoveryException(Code.RECOVERY_ARCHIVE_DAMAGED, "slice " + slice + ", " + detail);
  }
}
