package govcloud.node.replication;

import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SliceShipper;
import govcloud.replication.shipping.SliceShipper.Progress;
import govcloud.replication.shipping.SliceShipper.Step;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Drives the shipper of one slice: one step at a time, as long as there is something to do. */
final class SliceShipping extends AbstractBehavior<SliceShipping.Message> {

  /** Longest pause after failures; a sibling that is back is noticed within this time. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** What this actor understands. */
  sealed interface Message {}

  /** There may be something to ship. */
  record Wake(boolean urgent) implements Message {}

  private record Opened(SliceShipper shipper) implements Message {}

  private record Stepped(Step step) implements Message {}

  private record Failed(Throwable why) implements Message {}

  private record Retry() implements Message {}

  /** What the parent is told: receipts up to here, and why it does not go on, if so. */
  record News(Progress progress, SliceTrouble trouble, String problem)
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
    next();
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Wake.class, this::wake)
        .onMessage(Opened.class, this::opened)
        .onMessage(Stepped.class, this::stepped)
        .onMessage(Failed.class, this::failed)
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

  private void next() {
    busy = true;
    woken = false;
    if (shipper == null) {
      getContext()
          .pipeToSelf(
              line.lanes().run(slice, line.order().of(slice), opening),
              (opened, failure) -> failure == null ? new Opened(opened) : new Failed(failure));
    } else {
      getContext()
          .pipeToSelf(
              line.lanes().run(slice, line.order().of(slice), shipper::step),
              (step, failure) -> failure == null ? new Stepped(step) : new Failed(failure));
    }
  }

  private Behavior<Message> opened(Opened opened) {
    shipper = opened.shipper();
    tell(shipper.progress());
    next();
    return this;
  }

  private Behavior<Message> stepped(Stepped stepped) {
    failures = 0;
    busy = false;
    trouble = SliceTrouble.NONE;
    problem = "";
    tell(shipper.progress());
    switch (stepped.step()) {
      case DONE -> next();
      case NOTHING_TO_SHIP -> {
        if (woken) {
          next();
        }
      }
      case WAITING_FOR_RECEIPTS -> timers.startSingleTimer(new Wake(false), retryPause);
    }
    return this;
  }

  /** Whatever went wrong, the archive knows how far it is: begin again from there. */
  private Behavior<Message> failed(Failed failed) {
    Throwable why = ReplicationThreads.cause(failed.why());
    failures++;
    busy = false;
    if (!(why instanceof RefusedException) && failures == 1) {
      getContext().getLog().info("shipping rests: {}", why.getMessage());
    } else if (why instanceof RefusedException) {
      getContext().getLog().error("the sibling refuses a segment: {}", why.getMessage());
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
    listener.tell(new News(progress, trouble, problem));
  }
}
