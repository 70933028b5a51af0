package govcloud.journal.reader;

import govcloud.journal.Position;
import govcloud.journal.core.Batch;
import govcloud.journal.core.LogStore;
import govcloud.journal.core.SliceCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Reads slices from the log. */
public final class LogSliceReader implements SliceReader {

  private final Function<Executor, LogStore> stores;
  private final SharedReads reads;
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
    this.reads = new SharedReads(() -> stores.apply(Runnable::run), recent, readBatches);
    this.wakeups = wakeups;
    this.recent = recent;
    this.pollInterval = pollInterval;
    this.readBatches = readBatches;
  }

  @Override
  public Source<PositionedRecord, NotUsed> records(int slice, long afterPosition) {
    return records(slice, afterPosition, 1, LogSliceReader::one, true);
  }

  @Override
  public Source<RecordGroup, NotUsed> groups(int slice, long afterPosition, int most) {
    return records(slice, afterPosition, most, (waiting, last) -> group(waiting, last, most), true);
  }

  @Override
  public Source<PositionedRecord, NotUsed> currentRecords(int slice, long afterPosition) {
    return records(slice, afterPosition, 1, LogSliceReader::one, false);
  }

  @Override
  public Source<LoggedBatch, NotUsed> batches(int slice, long fromOffset) {
    long after =
        fromOffset == 0
            ? Position.BEFORE_FIRST
            : Position.encode(fromOffset - 1, Position.MAX_RECORDS - 1);
    return this.<LoggedBatch, LoggedBatch>source(
        slice,
        after,
        (cursor, batches, out) -> batches(fromOffset, cursor, batches, out),
        1,
        LogSliceReader::one,
        true);
  }

  private static <T> T one(Deque<T> waiting, boolean last) {
    return waiting.remove();
  }

  private static RecordGroup group(Deque<PositionedRecord> waiting, boolean last, int most) {
    List<PositionedRecord> records = new ArrayList<>(Math.min(most, waiting.size()));
    while (records.size() < most && !waiting.isEmpty()) {
      records.add(waiting.remove());
    }
    return new RecordGroup(records, last && waiting.isEmpty());
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

  private <O> Source<O, NotUsed> records(
      int slice,
      long after,
      int together,
      SliceSource.Handing<PositionedRecord, O> handing,
      boolean endless) {
    return this.<PositionedRecord, O>source(
        slice, after, LogSliceReader::records, together, handing, endless);
  }

  private <T, O> Source<O, NotUsed> source(
      int slice,
      long after,
      SliceSource.Unpacking<T> unpacking,
      int together,
      SliceSource.Handing<T, O> handing,
      boolean endless) {
    return Source.fromGraph(
        new SliceSource<>(
            slice,
            after,
            unpacking,
            together,
            handing,
            endless,
            stores,
            reads,
            wakeups,
            recent,
            pollInterval,
            readBatches));
  }
}
