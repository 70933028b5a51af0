package govcloud.journal.reader;

import govcloud.journal.JournalException;
import govcloud.journal.Position;
import govcloud.journal.core.Batch;
import govcloud.journal.core.LogStore;
import govcloud.journal.core.SliceCursor;
import java.time.Duration;
import java.util.ArrayDeque;
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
 */
final class SliceSource<T> extends GraphStage<SourceShape<T>> {

  /** What becomes of the rows that were read. */
  interface Unpacking<T> {
    /** Takes rows through the cursor, and hands on what is wanted of them. */
    void unpack(SliceCursor cursor, List<Batch> batches, Consumer<T> out);
  }

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int LOW_WATER = 200;

  private final int slice;
  private final long afterPosition;
  private final Unpacking<T> unpacking;
  private final boolean endless;
  private final Function<Executor, LogStore> stores;
  private final Wakeups wakeups;
  private final RecentBatches recent;
  private final Duration pollInterval;
  private final int readBatches;
  private final Outlet<T> out = Outlet.create("records");

  SliceSource(
      int slice,
      long afterPosition,
      Unpacking<T> unpacking,
      boolean endless,
      Function<Executor, LogStore> stores,
      Wakeups wakeups,
      RecentBatches recent,
      Duration pollInterval,
      int readBatches) {
    this.slice = slice;
    this.afterPosition = afterPosition;
    this.unpacking = unpacking;
    this.endless = endless;
    this.stores = stores;
    this.wakeups = wakeups;
    this.recent = recent;
    this.pollInterval = pollInterval;
    this.readBatches = readBatches;
  }

  @Override
  public SourceShape<T> shape() {
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
    private boolean fetching;
    private boolean ended;

    Logic() {
      super(shape());
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
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

    private void onWake() {
      onStage.invoke(this::fetch);
    }

    /** Readers of one slice that have all come to its end need not ask for it one by one. */
    @Override
    public void onTimer(Object key) {
      boolean news = Position.of(Math.max(0, wakeups.known(slice))).offset() >= cursor.next();
      if (endless && !news && wakeups.lookedAt(slice, cursor.next(), pollInterval.dividedBy(2))) {
        idle(pollInterval);
      } else {
        read();
      }
    }

    private void deliver() {
      if (isAvailable(out) && !buffer.isEmpty()) {
        push(out, buffer.poll());
      }
      if (ended && buffer.isEmpty()) {
        completeStage();
      } else if (!isTimerActive("poll")) {
        fetch();
      }
    }

    /** Asks the store only for what is there and not at hand; the timer asks it all the same. */
    private void fetch() {
      if (fetching || ended || buffer.size() >= LOW_WATER) {
        return;
      }
      List<Batch> atHand = recent.from(slice, cursor.next(), readBatches);
      if (!atHand.isEmpty()) {
        cancelTimer("poll");
        take(atHand);
      } else if (endless && isKnownEnd()) {
        idle(pollInterval);
      } else {
        read();
      }
    }

    /** Whether everything that this node has heard of was read; news wakes the reader. */
    private boolean isKnownEnd() {
      long known = wakeups.known(slice);
      return known >= 0 && Position.of(known).offset() < cursor.next();
    }

    private void read() {
      if (fetching || ended || buffer.size() >= LOW_WATER) {
        return;
      }
      fetching = true;
      cancelTimer("poll");
      store.read(
          slice,
          cursor.next(),
          readBatches,
          (batches, failure) -> {
            if (failure != null) {
              failed(failure);
            } else if (batches.isEmpty()) {
              wakeups.nothingAt(slice, cursor.next());
              atEnd();
            } else {
              take(batches);
            }
          });
    }

    private void take(List<Batch> batches) {
      fetching = false;
      try {
        unpacking.unpack(cursor, batches, buffer::add);
      } catch (JournalException e) {
        failStage(e);
        return;
      }
      deliver();
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
