package govcloud.node.reaction;

import govcloud.domain.Actor;
import govcloud.domain.operation.OperationCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.operation.OperationRow;
import govcloud.node.operation.OperationTable;
import govcloud.node.projection.PageRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Ends operations whose deadline has passed, so that none is in progress for ever. One actor in the
 * whole cluster; what it misses while it moves, it does the next time.
 */
public final class DeadlineSweeper extends AbstractBehavior<DeadlineSweeper.Message> {

  private static final int AT_ONCE = 100;

  /** What this actor understands. */
  public sealed interface Message {}

  private record Look() implements Message {}

  private record Swept(Throwable failure) implements Message {}

  private final Entities entities;
  private final OperationTable operations;
  private final Clock clock;
  private final Duration pause;
  private final TimerScheduler<Message> timers;

  /** The behaviour, which looks every {@code pause}. */
  public static Behavior<Message> create(
      Entities entities, OperationTable operations, Clock clock, Duration pause) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new DeadlineSweeper(context, timers, entities, operations, clock, pause)));
  }

  private DeadlineSweeper(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      Entities entities,
      OperationTable operations,
      Clock clock,
      Duration pause) {
    super(context);
    this.entities = entities;
    this.operations = operations;
    this.clock = clock;
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
    CompletionStage<Void> sweep =
        operations
            .overdue(clock.instant(), PageRequest.first(AT_ONCE))
            .thenCompose(page -> expire(page.items()));
    getContext().pipeToSelf(sweep, (done, failure) -> new Swept(failure));
    return this;
  }

  private CompletionStage<Void> expire(List<OperationRow> overdue) {
    return CompletableFuture.allOf(
        overdue.stream()
            .map(
                row ->
                    entities
                        .<Object>ask(
                            "operation/" + row.operation(),
                            Request.of(new OperationCommand.Expire(), Actor.platform()))
                        .toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private Behavior<Message> swept(Swept swept) {
    if (swept.failure() != null) {
      getContext().getLog().warn("overdue operations: {}", swept.failure().toString());
    }
    timers.startSingleTimer(new Look(), pause);
    return this;
  }
}
