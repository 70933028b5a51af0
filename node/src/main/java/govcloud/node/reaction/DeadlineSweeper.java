package govcloud.node.reaction;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Looks for what is past its deadline, so that nothing is in progress for ever. One actor in the
 * whole cluster; what it misses while it moves, it does the next time.
 */
public final class DeadlineSweeper extends AbstractBehavior<DeadlineSweeper.Message> {

  /** What this actor understands. */
  public sealed interface Message {}

  private record Look() implements Message {}

  private record Swept(Throwable failure) implements Message {}

  private final Supplier<CompletionStage<Void>> sweep;
  private final Duration pause;
  private final TimerScheduler<Message> timers;

  /** The behaviour, which runs {@code sweep} again {@code pause} after its end. */
  public static Behavior<Message> create(Supplier<CompletionStage<Void>> sweep, Duration pause) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new DeadlineSweeper(context, timers, sweep, pause)));
  }

  private DeadlineSweeper(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      Supplier<CompletionStage<Void>> sweep,
      Duration pause) {
    super(context);
    this.sweep = sweep;
    this.pause = pause;
    this.timers = timers;
    timers.startSingleTimer(new Look(), pause);
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Look.class, look -> look())
        .onMessage(Swept.class, this::swept)
        .build();
  }

  private Behavior<Message> look() {
    getContext().pipeToSelf(sweep.get(), (done, failure) -> new Swept(failure));
    return this;
  }

  private Behavior<Message> swept(Swept swept) {
    if (swept.failure() != null) {
      getContext().getLog().warn("overdue: {}", swept.failure().toString());
    }
    timers.startSingleTimer(new Look(), pause);
    return this;
  }
}
