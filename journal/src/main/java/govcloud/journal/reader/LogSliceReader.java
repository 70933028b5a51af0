package govcloud.journal.reader;

import govcloud.journal.Position;
import govcloud.journal.core.Batch;
import govcloud.journal.core.LogStore;
import govcloud.journal.core.SliceCursor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Reads slices from the log. */
public final class LogSliceReader implements SliceReader {

  private final Function<Executor, LogStore> stores;
  private final Wakeups wakeups;
  private final RecentBatches recent;
  private final Duration pollInterval;
  private final int readBatches;

  /**
   * @param stores gives a store that answers on an executor
   * @param recent rows that need not be asked of the store
   * @param pollInterval how often to ask when nothing wakes the reader
   * @param readBatches batches fetched at once
   */
  public LogSliceReader(
      Function<Executor, LogStore> stores,
      Wakeups wakeups,
      RecentBatches recent,
      Duration pollInterval,
      int readBatches) {
    this.stores = stores;
    this.wakeups = wakeups;
    this.recent = recent;
    this.pollInterval = pollInterval;
    this.readBatches = readBatches;
  }

  @Override
  public Source<PositionedRecord, NotUsed> records(int slice, long afterPosition) {
    return source(slice, afterPosition, LogSliceReader::records, true);
  }

  @Override
  public Source<PositionedRecord, NotUsed> currentRecords(int slice, long afterPosition) {
    return source(slice, afterPosition, LogSliceReader::records, false);
  }

  @Override
  public Source<LoggedBatch, NotUsed> batches(int slice, long fromOffset) {
    long after =
        fromOffset == 0
            ? Position.BEFORE_FIRST
            : Position.encode(fromOffset - 1, Position.MAX_RECORDS - 1);
    return source(
        slice, after, (cursor, batches, out) -> batches(fromOffset, cursor, batches, out), true);
  }

  private static void records(
      SliceCursor cursor, List<Batch> batches, Consumer<PositionedRecord> out) {
    cursor.take(
        batches, (position, entry) -> out.accept(new PositionedRecord(position, entry.record())));
  }

  private static void batches(
      long fromOffset, SliceCursor cursor, List<Batch> batches, Consumer<LoggedBatch> out) {
    long offset = cursor.next();
    cursor.take(batches, (position, entry) -> {});
    for (Batch batch : batches) {
      if (offset >= fromOffset) {
        out.accept(new LoggedBatch(offset, batch));
      }
      offset++;
    }
  }

  private <T> Source<T, NotUsed> source(
      int slice, long after, SliceSource.Unpacking<T> unpacking, boolean endless) {
    return Source.fromGraph(
        new SliceSource<>(
            slice, after, unpacking, endless, stores, wakeups, recent, pollInterval, readBatches));
  }
}
