package govcloud.node.replication;

import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLostException;
import govcloud.replication.shipping.SliceShipper;
import govcloud.replication.shipping.SliceShipper.Progress;
import govcloud.replication.shipping.SliceShipper.Step;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Drives the shipper of one slice: one step at a time, as long as there is something to do. */
final class SliceShipping extends AbstractBehavior<SliceShipping.Message> {

  /** Longest pause after failures; a sibling that is back is noticed within this time. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** While there is nothing to ship the sibling is asked so often what it has. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  /** What this actor understands. */
  sealed interface Message {}

  /** There may be something to ship. */
  record Wake(boolean urgent) implements Message {}

  /** The sibling gets again what it lacks of what it signed for; once for each operation. */
  record Refill(String operation) implements Message {}

  /** The sibling, which was away, answers a slice of this node. */
  private record Answers() implements Message {}

  private record Look() implements Message {}

  private record Opened(SliceShipper shipper) implements Message {}

  private record Stepped(Step step) implements Message {}

  private record Failed(Throwable why) implements Message {}

  private record Retry() implements Message {}

  /**
   * What the parent is told: receipts up to here, why it does not go on, if so, how many segments
   * the sibling is known to have lost, and the last operation that has refilled it.
   */
  record News(
      Progress progress, SliceTrouble trouble, String problem, long missing, String refilled)
      implements SliceReplication.Message {}

  private final TimerScheduler<Message> timers;
  private final int slice;
  private final SiblingLine line;
  private final Callable<SliceShipper> opening;
  private final Duration retryPause;
  private final ActorRef<SliceReplication.Message> listener;
  private SliceShipper shipper;
  private boolean busy;
  private boolean woken;
  private int failures;
  private SliceTrouble trouble = SliceTrouble.NONE;
  private String problem = "";
  private long missing;
  private String refill = "";
  private boolean isRefilling;
  private boolean isReopened;
  private long refilledTo;

  static Behavior<Message> create(
      int slice,
      SiblingLine line,
      Callable<SliceShipper> opening,
      Duration retryPause,
      ActorRef<SliceReplication.Message> listener) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new SliceShipping(
                        context, timers, slice, line, opening, retryPause, listener)));
  }

  private SliceShipping(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      int slice,
      SiblingLine line,
      Callable<SliceShipper> opening,
      Duration retryPause,
      ActorRef<SliceReplication.Message> listener) {
    super(context);
    this.timers = timers;
    this.slice = slice;
    this.line = line;
    this.opening = opening;
    this.retryPause = retryPause;
    this.listener = listener;
    context
        .getSystem()
        .eventStream()
        .tell(new EventStream.Subscribe<>(Answers.class, context.getSelf().narrow()));
    next();
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Wake.class, this::wake)
        .onMessage(Opened.class, this::opened)
        .onMessage(Stepped.class, this::stepped)
        .onMessage(Failed.class, this::failed)
        .onMessage(Refill.class, this::refill)
        .onMessage(Answers.class, answers -> answers())
        .onMessage(Look.class, look -> look())
        .onMessage(Retry.class, retry -> retry())
        .build();
  }

  private Behavior<Message> wake(Wake wake) {
    woken = true;
    // While it rests after a failure, news of more to ship is no reason to hurry.
    if (!busy && (failures == 0 || wake.urgent())) {
      timers.cancelAll();
      next();
    }
    return this;
  }

  private Behavior<Message> retry() {
    if (!busy) {
      next();
    }
    return this;
  }

  /** Who rests because the sibling was away need not find out by himself, one after the other. */
  private Behavior<Message> answers() {
    if (trouble == SliceTrouble.SIBLING_AWAY) {
      if (busy) {
        // Its attempt may have begun while the sibling was away.
        failures = 0;
      } else {
        // Should it fail again, its pauses go on growing.
        timers.cancelAll();
        next();
      }
    }
    return this;
  }

  /** Told again and again as long as the operation runs. */
  private Behavior<Message> refill(Refill message) {
    if (message.operation().equals(refill)) {
      return this;
    }
    refill = message.operation();
    isRefilling = true;
    isReopened = true;
    refilledTo = 0;
    woken = true;
    if (!busy) {
      timers.cancelAll();
      next();
    }
    return this;
  }

  /** Whether the sibling still has what it signed for. */
  private Behavior<Message> look() {
    if (!busy && shipper != null) {
      busy = true;
      SliceShipper checked = shipper;
      run(
          () -> {
            checked.check();
            return Step.NOTHING_TO_SHIP;
          },
          Stepped::new);
    }
    return this;
  }

  private void next() {
    busy = true;
    woken = false;
    if (shipper == null || isReopened) {
      isReopened = false;
      run(open(isRefilling, refilledTo), Opened::new);
    } else {
      run(shipper::step, Stepped::new);
    }
  }

  /** What the sibling signed for is in the archive; whether it has it, it is asked each time. */
  private Callable<SliceShipper> open(boolean refilling, long atLeast) {
    return () -> {
      SliceShipper opened = opening.call();
      if (refilling) {
        opened.refill(atLeast);
      } else {
        opened.check();
      }
      return opened;
    };
  }

  private <T> void run(Callable<T> work, Function<T, Message> done) {
    getContext()
        .pipeToSelf(
            line.lanes().run(slice, line.order().of(slice), work),
            (result, failure) -> failure == null ? done.apply(result) : new Failed(failure));
  }

  private Behavior<Message> opened(Opened opened) {
    shipper = opened.shipper();
    refilled();
    tell(shipper.progress());
    next();
    return this;
  }

  private Behavior<Message> stepped(Stepped stepped) {
    if (trouble == SliceTrouble.SIBLING_AWAY) {
      getContext().getSystem().eventStream().tell(new EventStream.Publish<>(new Answers()));
    }
    failures = 0;
    busy = false;
    trouble = SliceTrouble.NONE;
    problem = "";
    refilled();
    tell(shipper.progress());
    switch (stepped.step()) {
      case DONE -> next();
      case NOTHING_TO_SHIP -> {
        if (woken) {
          next();
        } else {
          timers.startSingleTimer(new Look(), LOOK);
        }
      }
      case WAITING_FOR_RECEIPTS -> timers.startSingleTimer(new Wake(false), retryPause);
    }
    return this;
  }

  /** Notes how far the refilling is. */
  private void refilled() {
    missing = shipper.missing();
    if (isRefilling) {
      refilledTo = shipper.progress().number();
      isRefilling = missing > 0;
    }
  }

  /** Whatever went wrong, the archive knows how far it is: begin again from there. */
  private Behavior<Message> failed(Failed failed) {
    Throwable why = ReplicationThreads.cause(failed.why());
    failures++;
    busy = false;
    if (why instanceof SiblingLostException lost) {
      missing = lost.missing();
    }
    if (why instanceof RefusedException) {
      getContext().getLog().error("the sibling refuses a segment: {}", why.getMessage());
    } else if (failures == 1) {
      getContext().getLog().info("shipping rests: {}", why.getMessage());
    }
    trouble = SliceTrouble.of(why);
    problem = String.valueOf(why.getMessage());
    tell(shipper == null ? Progress.NONE : shipper.progress());
    shipper = null;
    long pause =
        Math.min(LONGEST_PAUSE.toMillis(), retryPause.toMillis() << Math.min(failures - 1, 10));
    timers.startSingleTimer(new Retry(), Duration.ofMillis(pause));
    return this;
  }

  /** Trouble lasts until a step has succeeded. */
  private void tell(Progress progress) {
    listener.tell(new News(progress, trouble, problem, missing, isRefilling ? "" : refill));
  }
}
