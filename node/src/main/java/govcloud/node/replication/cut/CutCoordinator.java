package govcloud.node.replication.cut;

import govcloud.journal.HybridClock;
import govcloud.node.replication.ReplicationThreads;
import govcloud.node.replication.cut.CutMessage.Progress;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.cut.CutShipper;
import govcloud.replication.shipping.LinkException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Makes a cut when it is due or wanted, and has it countersigned. One in the whole cloud; remembers
 * nothing: what was made lies in the archive, what people agreed to delete is an operation, and
 * what was only begun is begun again.
 */
final class CutCoordinator extends AbstractBehavior<Object> {

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  private enum Phase {
    IDLE,
    LOOKING,
    CLOSING,
    SEALING
  }

  private enum Timer {
    LOOK,
    SEAL
  }

  private record Looked(Optional<Cut> last, CutDeletion agreed) {}

  private record Closed(Moment moment) {}

  private record Made(Optional<Cut> cut) {}

  private record Failed(Throwable why) {}

  private record Shipped(Throwable failure) {}

  /**
   * What the coordinator works with.
   *
   * @param work on the archive; blocks
   * @param agreed deletion that people agreed to; told again until it is done
   * @param shipper none where the cloud has no sibling
   * @param threads for what blocks
   * @param look how often to look whether something is to be done
   */
  record Environment(
      CutSettings settings,
      Work work,
      Supplier<CompletionStage<CutDeletion>> agreed,
      Optional<CutShipper> shipper,
      ReplicationThreads threads,
      Duration look,
      Clock clock) {}

  /** What is done with slices and archive. */
  interface Work {
    /** The last cut. */
    Optional<Cut> last() throws Exception;

    /** Closes a clock above another in all slices. */
    CompletionStage<Moment> close(long above);

    /** Whether the site is drained and its final cut is still to be made. */
    default boolean wantsFinal(Optional<Cut> last) {
      return false;
    }

    /** Makes the cut of a moment; empty while segments are missing. */
    Optional<Cut> make(Moment moment, CutDeletion deletion) throws Exception;
  }

  private final TimerScheduler<Object> timers;
  private final Environment environment;
  private final List<ActorRef<CutMessage>> waiting = new ArrayList<>();
  private Phase phase = Phase.IDLE;
  private boolean wanted;
  private CutDeletion deletion = CutDeletion.NONE;
  private boolean shipping;
  private long number;
  private Moment moment;
  private Instant notBefore = Instant.MIN;
  private String problem = "";
  private String refusal = "";

  static Behavior<Object> create(Environment environment) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new CutCoordinator(context, timers, environment)));
  }

  private CutCoordinator(
      ActorContext<Object> context, TimerScheduler<Object> timers, Environment environment) {
    super(context);
    this.timers = timers;
    this.environment = environment;
    timers.startTimerWithFixedDelay(Timer.LOOK, environment.look());
    context.getSelf().tell(Timer.LOOK);
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Timer.LOOK, this::look)
        .onMessageEquals(Timer.SEAL, this::make)
        .onMessage(CutMessage.Make.class, this::wanted)
        .onMessage(CutMessage.Ask.class, this::tell)
        .onMessage(Looked.class, this::looked)
        .onMessage(Closed.class, this::closed)
        .onMessage(Made.class, this::made)
        .onMessage(Failed.class, this::failed)
        .onMessage(Shipped.class, this::shipped)
        .build();
  }

  private Behavior<Object> wanted(CutMessage.Make make) {
    wanted = true;
    deletion = deletion.or(new CutDeletion(make.deletedTo(), make.deletion()));
    notBefore = Instant.MIN;
    if (phase == Phase.CLOSING || phase == Phase.SEALING) {
      make.replyTo().tell(progress());
      return this;
    }
    waiting.add(make.replyTo());
    return look();
  }

  private Behavior<Object> tell(CutMessage.Ask ask) {
    ask.replyTo().tell(progress());
    return this;
  }

  private Progress progress() {
    boolean busy = phase == Phase.CLOSING || phase == Phase.SEALING || !problem.isEmpty();
    return new Progress(
        busy ? number : 0,
        phase == Phase.SEALING ? "sealing" : "closing",
        moment == null ? 0 : HybridClock.millisOf(moment.clock()),
        problem.isEmpty() ? refusal : problem);
  }

  private Behavior<Object> look() {
    ship();
    if (phase == Phase.IDLE && !environment.clock().instant().isBefore(notBefore)) {
      phase = Phase.LOOKING;
      getContext()
          .pipeToSelf(
              environment
                  .threads()
                  .run(false, environment.work()::last)
                  .thenCombine(environment.agreed().get(), Looked::new),
              (looked, failure) -> failure == null ? looked : new Failed(failure));
    }
    return this;
  }

  private Behavior<Object> looked(Looked looked) {
    long closed = looked.last().map(cut -> cut.statement().getClosedClock()).orElse(0L);
    long said = looked.last().map(cut -> cut.deletion().last()).orElse(0L);
    deletion = deletion.or(looked.agreed());
    wanted |= deletion.last() > said || environment.work().wantsFinal(looked.last());
    number = looked.last().map(cut -> cut.statement().getNumber()).orElse(0L) + 1;
    Instant last = Instant.ofEpochMilli(HybridClock.millisOf(closed));
    boolean due =
        environment
            .settings()
            .lastDue(environment.clock().instant())
            .filter(last::isBefore)
            .isPresent();
    if (!due && !wanted) {
      phase = Phase.IDLE;
      problem = "";
      return this;
    }
    phase = Phase.CLOSING;
    getContext()
        .pipeToSelf(
            environment.work().close(closed),
            (closing, failure) -> failure == null ? new Closed(closing) : new Failed(failure));
    answerWaiting();
    return this;
  }

  private void answerWaiting() {
    waiting.forEach(one -> one.tell(progress()));
    waiting.clear();
  }

  private Behavior<Object> closed(Closed closed) {
    moment = closed.moment();
    phase = Phase.SEALING;
    return make();
  }

  private Behavior<Object> make() {
    Moment of = moment;
    CutDeletion agreed = deletion;
    getContext()
        .pipeToSelf(
            environment.threads().run(true, () -> environment.work().make(of, agreed)),
            (cut, failure) -> failure == null ? new Made(cut) : new Failed(failure));
    return this;
  }

  private Behavior<Object> made(Made made) {
    if (made.cut().isEmpty()) {
      timers.startSingleTimer(Timer.SEAL, Timer.SEAL, Duration.ofMillis(500));
      return this;
    }
    getContext()
        .getLog()
        .info(
            "cut {}: {} tenants, {} records",
            number,
            made.cut().get().statement().getTenantCount(),
            made.cut().get().statement().getRecords());
    phase = Phase.IDLE;
    moment = null;
    // What was agreed to after this one was begun is for the next.
    wanted = deletion.last() > made.cut().get().deletion().last();
    problem = "";
    ship();
    return this;
  }

  private Behavior<Object> failed(Failed failed) {
    Throwable why = ReplicationThreads.cause(failed.why());
    getContext().getLog().error("cut {}: not made, tried again later: {}", number, why.toString());
    problem = String.valueOf(why.getMessage());
    notBefore = environment.clock().instant().plus(AFTER_FAILURE);
    phase = Phase.IDLE;
    moment = null;
    answerWaiting();
    return this;
  }

  private void ship() {
    if (shipping || environment.shipper().isEmpty()) {
      return;
    }
    shipping = true;
    CutShipper shipper = environment.shipper().get();
    getContext()
        .pipeToSelf(
            environment.threads().run(false, () -> shipAll(shipper)),
            (done, failure) -> new Shipped(failure));
  }

  private static boolean shipAll(CutShipper shipper) throws Exception {
    boolean any = false;
    while (shipper.step().isPresent()) {
      any = true;
    }
    return any;
  }

  private Behavior<Object> shipped(Shipped shipped) {
    shipping = false;
    Throwable why = shipped.failure() == null ? null : ReplicationThreads.cause(shipped.failure());
    if (why != null && !(why instanceof LinkException) && refusal.isEmpty()) {
      getContext().getLog().error("cuts: not countersigned: {}", why.toString());
    }
    refusal = why == null || why instanceof LinkException ? "" : String.valueOf(why.getMessage());
    return this;
  }
}
