package govcloud.journal.core;

import com.google.protobuf.ByteString;
import govcloud.journal.DamagedLogException;
import govcloud.journal.Position;
import govcloud.journal.RecordHash;
import govcloud.journal.TrimmedLogException;
import java.util.List;
import java.util.function.BiConsumer;

/** A reader's place in a slice: takes rows in order, checks their chain, skips nothing. */
public final class SliceCursor {

  private final int slice;
  private final long afterPosition;
  private long next;
  private ByteString lastHash;

  /** A cursor behind a position, which is read again for its hash. */
  public SliceCursor(int slice, long afterPosition) {
    this.slice = slice;
    this.afterPosition = afterPosition;
    boolean fromStart = afterPosition < 0;
    this.next = fromStart ? 0 : Position.of(afterPosition).offset();
    this.lastHash = next == 0 ? RecordHash.NONE : null;
  }

  /** The offset to read next. */
  public long next() {
    return next;
  }

  /**
   * Takes rows from {@link #next()} on; hands on the records that were not seen. Fails with {@link
   * DamagedLogException}, or {@link TrimmedLogException} where such records were taken out.
   */
  public void take(List<Batch> batches, BiConsumer<Long, Entry> record) {
    for (Batch batch : batches) {
      if (lastHash != null && !batch.previousHash().equals(lastHash)) {
        throw new DamagedLogException(
            "slice " + slice + ", offset " + next + ": does not name the batch before it");
      }
      if (batch.trimmed() && Position.encode(next, batch.trimmedRecords() - 1) > afterPosition) {
        throw new TrimmedLogException(slice, next);
      }
      for (int i = 0; i < batch.entries().size(); i++) {
        long position = Position.encode(next, i);
        if (position > afterPosition) {
          record.accept(position, batch.entries().get(i));
        }
      }
      lastHash = batch.hash();
      next++;
    }
  }
}
