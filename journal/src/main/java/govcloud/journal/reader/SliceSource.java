package govcloud.journal.reader;

import govcloud.journal.JournalException;
import govcloud.journal.Position;
import govcloud.journal.core.Batch;
import govcloud.journal.core.LogStore;
import govcloud.journal.core.SliceCursor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/**
 * Follows a slice by offset. Its place is a {@link SliceCursor}, so it can neither skip nor repeat.
 * News wakes it only while something is asked of it; what came meanwhile is found when it is.
 *
 * @param <T> what rows hold
 * @param <O> what is handed on at once
 */
final class SliceSource<T, O> extends GraphStage<SourceShape<O>> {

  /** What becomes of the rows that were read. */
  interface Unpacking<T> {
    /** Takes rows through the cursor, and hands on what is wanted of them. */
    void unpack(SliceCursor cursor, List<Batch> batches, Consumer<T> out);
  }

  /** What is handed on at once. */
  interface Handing<T, O> {
    /**
     * Takes it out of what was read.
     *
     * @param waiting at least one
     * @param last whether none is known to follow those
     */
    O take(Deque<T> waiting, boolean last);
  }

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int LOW_WATER = 200;

  private final int slice;
  private final long afterPosition;
  private final Unpacking<T> unpacking;
  private final int together;
  private final Handing<T, O> handing;
  private final boolean endless;
  private final Function<Executor, LogStore> stores;
  private final SharedReads reads;
  private final Wakeups wakeups;
  private final RecentBatches recent;
  private final Duration pollInterval;
  private final int readBatches;
  private final Outlet<O> out = Outlet.create("records");

  /**
   * @param together how many are handed on at once at most
   */
  SliceSource(
      int slice,
      long afterPosition,
      Unpacking<T> unpacking,
      int together,
      Handing<T, O> handing,
      boolean endless,
      Function<Executor, LogStore> stores,
      SharedReads reads,
      Wakeups wakeups,
      RecentBatches recent,
      Duration pollInterval,
      int readBatches) {
    this.slice = slice;
    this.afterPosition = afterPosition;
    this.unpacking = unpacking;
    this.together = together;
    this.handing = handing;
    this.endless = endless;
    this.stores = stores;
    this.reads = reads;
    this.wakeups = wakeups;
    this.recent = recent;
    this.pollInterval = pollInterval;
    this.readBatches = readBatches;
  }

  @Override
  public SourceShape<O> shape() {
    return SourceShape.of(out);
  }

  @Override
  public Logic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {

    private final SliceCursor cursor = new SliceCursor(slice, afterPosition);
    private final ArrayDeque<T> buffer = new ArrayDeque<>();
    private final AsyncCallback<Runnable> onStage = createAsyncCallback(Runnable::run);
    private final LogStore store = stores.apply(onStage::invoke);
    private final Runnable wake = this::onWake;
    private volatile boolean wanted;
    private boolean fetching;
    private boolean pageFull;
    private boolean ended;

    Logic() {
      super(shape());
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              wanted = true;
              deliver();
            }
          });
    }

    @Override
    public void preStart() {
      wakeups.register(slice, wake);
      read();
    }

    @Override
    public void postStop() {
      wakeups.unregister(slice, wake);
    }

    /** What is asked after this look finds the news by itself. */
    private void onWake() {
      if (wanted) {
        onStage.invoke(this::onNews);
      }
    }

    private void onNews() {
      if (isAvailable(out)) {
        fetch();
      }
    }

    /** Readers of one slice that have all come to its end need not ask for it one by one. */
    @Override
    public void onTimer(Object key) {
      if (endless
          && !hasNews()
          && wakeups.lookedAt(slice, cursor.next(), pollInterval.dividedBy(2))) {
        idle(pollInterval);
      } else {
        read();
      }
    }

    /** Reads ahead only where there is a lot to read: more comes to hand by itself. */
    private void deliver() {
      if (isAvailable(out)) {
        if (!fillUp()) {
          return;
        }
        if (!buffer.isEmpty()) {
          wanted = false;
          push(out, handing.take(buffer, !pageFull));
        }
      }
      if (ended && buffer.isEmpty()) {
        completeStage();
      } else if (isAvailable(out) ? !isTimerActive("poll") || hasNews() : pageFull) {
        fetch();
      }
    }

    /** Takes what has come to hand since it was last asked; false: the stage has failed over it. */
    private boolean fillUp() {
      while (!fetching && buffer.size() < together) {
        List<Batch> atHand = recent.from(slice, cursor.next(), readBatches);
        if (atHand.isEmpty()) {
          return true;
        }
        if (!unpack(atHand)) {
          return false;
        }
        cancelTimer("poll");
        pageFull = false;
      }
      return true;
    }

    /** Asks the store only for what is there and not at hand; the timer asks it all the same. */
    private void fetch() {
      if (fetching || ended || buffer.size() >= LOW_WATER) {
        return;
      }
      List<Batch> atHand = recent.from(slice, cursor.next(), readBatches);
      if (!atHand.isEmpty()) {
        cancelTimer("poll");
        pageFull = false;
        take(atHand);
      } else if (endless && isKnownEnd()) {
        idle(pollInterval);
      } else {
        read();
      }
    }

    /** Whether this node has heard of more than was read. */
    private boolean hasNews() {
      return Position.of(Math.max(0, wakeups.known(slice))).offset() >= cursor.next();
    }

    /** Whether everything that this node has heard of was read; news wakes the reader. */
    private boolean isKnownEnd() {
      return wakeups.known(slice) >= 0 && !hasNews();
    }

    private void read() {
      if (fetching || ended || buffer.size() >= LOW_WATER) {
        return;
      }
      fetching = true;
      cancelTimer("poll");
      var unused =
          reads
              .from(slice, cursor.next())
              .whenComplete((rows, failure) -> onStage.invoke(() -> settleRead(rows, failure)));
    }

    private void settleRead(List<Batch> rows, Throwable failure) {
      if (failure != null) {
        failed(failure);
      } else if (rows.isEmpty()) {
        wakeups.nothingAt(slice, cursor.next());
        atEnd();
      } else {
        pageFull = rows.size() == readBatches;
        take(rows);
      }
    }

    private void take(List<Batch> batches) {
      fetching = false;
      if (unpack(batches)) {
        deliver();
      }
    }

    private boolean unpack(List<Batch> batches) {
      try {
        unpacking.unpack(cursor, batches, buffer::add);
        return true;
      } catch (JournalException e) {
        failStage(e);
        return false;
      }
    }

    /**
     * A row that is known to be stored, or that decides whether this is the end, is read SERIAL.
     */
    private void atEnd() {
      long known = wakeups.known(slice);
      boolean isKnown = known >= 0 && !isKnownEnd();
      if (endless && !isKnown) {
        idle(pollInterval);
        return;
      }
      store.readSerial(slice, cursor.next(), (row, failure) -> settleEnd(row, failure, known));
    }

    private void settleEnd(Optional<Batch> row, Throwable failure, long knownBefore) {
      if (failure != null) {
        failed(failure);
      } else if (row.isPresent()) {
        take(List.of(row.get()));
      } else if (endless) {
        idle(pollInterval);
        if (wakeups.known(slice) > knownBefore) {
          fetch();
        }
      } else {
        fetching = false;
        ended = true;
        deliver();
      }
    }

    private void failed(Throwable failure) {
      if (failure instanceof JournalException) {
        failStage(failure);
      } else {
        idle(RETRY);
      }
    }

    private void idle(Duration pause) {
      fetching = false;
      scheduleOnce("poll", pause);
    }
  }
}
