package govcloud.recovery.restore;

import govcloud.journal.core.Entry;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.replica.DepartmentRecords;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.replication.archive.Segment;

/**
 * Writes what one department has in a slice: rows of a log, and the chunks of its entities. A slice
 * that was not finished is written again from its beginning, the same bytes to the same places: one
 * department is small.
 */
final class SliceCopy implements DepartmentRecords.Sink {
  private final int slice;
  private final Target target;
  private final RowWriter rows;
  private final RestoreProgress progress;
  private final long windowBytes;
  private final EntityWindow window;
  private final CopiedLog log;
  private long records;

  /** A slice of the copy that a point describes. */
  SliceCopy(
      int slice,
      RecoveryPoint point,
      Target target,
      RowWriter rows,
      RestoreProgress progress,
      RestoreSettings settings) {
    this.slice = slice;
    this.target = target;
    this.rows = rows;
    this.progress = progress;
    this.windowBytes = settings.windowBytes();
    this.window = new EntityWindow(settings.chunkBytes());
    this.log = new CopiedLog(point.name(), slice);
  }

  /**
   * Writes it, unless it is there.
   *
   * @param last number of the last segment
   */
  void run(DepartmentRecords department, long last) throws RecoveryException {
    if (target.restoredSegment(slice) == last) {
      progress.skipped(last);
      return;
    }
    department.read(last, this);
    log.close();
    write();
    rows.checkpoint(slice, log.offset(), last);
  }

  @Override
  public void take(Entry entry) {
    window.add(entry);
    progress.restored(entry.record().getTenant());
    records++;
    log.add(entry);
  }

  @Override
  public void read(Segment segment) throws RecoveryException {
    progress.restored(records, segment.size());
    records = 0;
    if (window.bytes() >= windowBytes) {
      write();
    }
  }

  private void write() throws RecoveryException {
    long offset = log.offset();
    rows.add(target.log().batches(slice, offset, log.take()));
    rows.add(target.log().chunks(window.drain()));
  }
}
