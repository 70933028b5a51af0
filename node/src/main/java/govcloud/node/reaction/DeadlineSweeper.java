package govcloud.node.reaction;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  private final List<Supplier<CompletionStage<Void>>> sweeps;
  private final Duration pause;
  private final TimerScheduler<Message> timers;

  /** The behaviour, which runs all {@code sweeps} again {@code pause} after their end. */
  public static Behavior<Message> create(
      List<Supplier<CompletionStage<Void>>> sweeps, Duration pause) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new DeadlineSweeper(context, timers, sweeps, pause)));
  }

  private DeadlineSweeper(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      List<Supplier<CompletionStage<Void>>> sweeps,
      Duration pause) {
    super(context);
    this.sweeps = List.copyOf(sweeps);
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
    // One that fails keeps none of the others from its work.
    var all =
        sweeps.stream()
            .map(sweep -> sweep.get().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    getContext().pipeToSelf(CompletableFuture.allOf(all), (done, failure) -> new Swept(failure));
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
