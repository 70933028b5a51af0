package govcloud.journal.reader;

import govcloud.journal.core.LogStore;
import java.time.Duration;
import java.util.concurrent.Executor;
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
    return source(slice, afterPosition, true);
  }

  @Override
  public Source<PositionedRecord, NotUsed> currentRecords(int slice, long afterPosition) {
    return source(slice, afterPosition, false);
  }

  private Source<PositionedRecord, NotUsed> source(int slice, long after, boolean endless) {
    return Source.fromGraph(
        new SliceSource(slice, after, endless, stores, wakeups, recent, pollInterval, readBatches));
  }
}
