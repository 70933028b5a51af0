package govcloud.node.projection;

import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Tends the rebuilds of the cloud: one actor in the whole cluster, which keeps nothing itself. */
final class RebuildKeeper extends AbstractBehavior<RebuildKeeper.Message> {

  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** What this actor understands. */
  sealed interface Message {}

  private record Look() implements Message {}

  private record Tended(Throwable failure) implements Message {}

  private final Rebuilds rebuilds;
  private final TimerScheduler<Message> timers;

  static Behavior<Message> create(Rebuilds rebuilds) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new RebuildKeeper(context, timers, rebuilds)));
  }

  private RebuildKeeper(
      ActorContext<Message> context, TimerScheduler<Message> timers, Rebuilds rebuilds) {
    super(context);
    this.rebuilds = rebuilds;
    this.timers = timers;
    timers.startSingleTimer(new Look(), PAUSE);
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Look.class, look -> look())
        .onMessage(Tended.class, this::tended)
        .build();
  }

  private Behavior<Message> look() {
    getContext().pipeToSelf(rebuilds.tend(), (done, failure) -> new Tended(failure));
    return this;
  }

  private Behavior<Message> tended(Tended tended) {
    if (tended.failure() != null) {
      getContext().getLog().warn("rebuilds of views: {}", tended.failure().toString());
    }
    timers.startSingleTimer(new Look(), PAUSE);
    return this;
  }
}
