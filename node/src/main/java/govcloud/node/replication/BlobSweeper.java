package govcloud.node.replication;

import govcloud.node.replication.ReplicationMessage.Arrived;
import govcloud.node.replication.ReplicationMessage.Leaves;
import govcloud.node.replication.ReplicationMessage.Undelivered;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.StoredBlob;
import govcloud.replication.shipping.BlobBacklog;
import govcloud.replication.shipping.BlobShipper;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.MissingBlobs;
import govcloud.replication.shipping.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Knows which attachments are not at the sibling, tells it every two seconds, and brings now and
 * then all that the sibling lacks, whatever the reason; one in the whole cloud.
 */
final class BlobSweeper extends AbstractBehavior<Object> {
  private static final Object SWEEP = new Object();
  private static final Object WHOLE = new Object();
  private static final Object TELL = new Object();

  private final Work work;
  private final TimerScheduler<Object> timers;
  private boolean isSweeping;
  private boolean isAskedAgain;
  private boolean isWhole = true;

  private record Begin() {}

  private record Swept(boolean whole, long delivered, Throwable failure) {}

  private record Whole() {}

  private record Tell() {}

  /**
   * What it works with.
   *
   * @param shipper brings
   * @param backlog knows what is missing
   * @param threads on which bringing may block
   * @param interval between two looks at everything
   * @param pause before the next try, and before the next look where answers come by files
   * @param byFiles whether what is delivered has not arrived yet
   * @param teller hears how many are missing
   */
  record Work(
      BlobShipper shipper,
      BlobBacklog backlog,
      ReplicationThreads threads,
      Duration interval,
      Duration pause,
      boolean byFiles,
      Consumer<AttachmentState> teller,
      InstantSource clock) {}

  static Behavior<Object> create(Work work) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new BlobSweeper(context, work, timers)));
  }

  private BlobSweeper(ActorContext<Object> context, Work work, TimerScheduler<Object> timers) {
    super(context);
    this.work = work;
    this.timers = timers;
    timers.startSingleTimer(SWEEP, new Begin(), work.pause());
    timers.startTimerWithFixedDelay(TELL, new Tell(), ReplicationWatch.LOOK);
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(Leaves.class, this::leaves)
        .onMessage(Arrived.class, this::arrived)
        .onMessage(Undelivered.class, undelivered -> sweepAfter(Duration.ZERO))
        .onMessage(Begin.class, this::begin)
        .onMessage(Swept.class, this::swept)
        .onMessage(Whole.class, whole -> sweepWhole())
        .onMessage(Tell.class, tell -> tell())
        .build();
  }

  private Behavior<Object> leaves(Leaves news) {
    BlobAddress.parse(news.address())
        .ifPresent(
            address ->
                work.backlog()
                    .leaves(new StoredBlob(address, news.length()), work.clock().millis()));
    return work.byFiles() ? sweepAfter(work.pause()) : this;
  }

  private Behavior<Object> arrived(Arrived news) {
    BlobAddress.parse(news.address()).ifPresent(work.backlog()::arrived);
    return this;
  }

  /** Looks soon at what is missing; a look that is due is hurried by it and never put off. */
  private Behavior<Object> sweepAfter(Duration pause) {
    if (isSweeping) {
      isAskedAgain = true;
    } else if (pause.isZero() || !timers.isTimerActive(SWEEP)) {
      timers.startSingleTimer(SWEEP, new Begin(), pause);
    }
    return this;
  }

  private Behavior<Object> sweepWhole() {
    isWhole = true;
    return sweepAfter(Duration.ZERO);
  }

  private Behavior<Object> begin(Begin begin) {
    isSweeping = true;
    isAskedAgain = false;
    boolean whole = isWhole;
    isWhole = false;
    getContext()
        .pipeToSelf(
            work.threads()
                .run(false, () -> whole ? work.shipper().sweep() : work.shipper().sweepMissing()),
            (delivered, failure) -> new Swept(whole, delivered == null ? 0 : delivered, failure));
    return this;
  }

  private Behavior<Object> swept(Swept swept) {
    isSweeping = false;
    Throwable cause = swept.failure() == null ? null : ReplicationThreads.cause(swept.failure());
    if (cause != null && !(cause instanceof LinkException)) {
      getContext().getLog().warn("attachments: {}", cause.toString());
    }
    // What is refused is refused again: it waits for the next look at everything.
    boolean isBroken = cause != null && !(cause instanceof RefusedException);
    if (swept.whole() && isBroken) {
      isWhole = true;
    } else if (swept.whole()) {
      timers.startSingleTimer(WHOLE, new Whole(), work.interval());
    }
    if (swept.delivered() > 0 && !work.byFiles()) {
      getContext().getLog().info("attachments: {} brought to the sibling", swept.delivered());
    }
    boolean isOnItsWay = work.byFiles() && !work.backlog().isEmpty();
    return isBroken || isAskedAgain || isWhole || isOnItsWay ? sweepAfter(work.pause()) : this;
  }

  private Behavior<Object> tell() {
    Optional<MissingBlobs> missing = work.backlog().missing();
    work.teller()
        .accept(
            new AttachmentState(
                missing.isPresent(),
                missing.map(MissingBlobs::count).orElse(0L),
                missing.map(MissingBlobs::bytes).orElse(0L),
                missing.map(MissingBlobs::oldestMillis).orElse(0L),
                work.clock().millis()));
    return this;
  }
}
