package govcloud.node.operation;

import govcloud.node.eventsourcing.Entities;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.Patterns;

/**
 * Waits until an operation can be asked for. It is opened by a reaction just after the change it
 * belongs to; a caller who follows its Location at once should find it.
 */
public final class OperationStarts {

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final int LOOKS = 20;

  private final ActorSystem<?> system;
  private final Entities entities;

  public OperationStarts(ActorSystem<?> system, Entities entities) {
    this.system = system;
    this.entities = entities;
  }

  /** Completes when the operation is there, or after two seconds; never fails. */
  public CompletionStage<Void> await(String operation) {
    return operation.isEmpty()
        ? CompletableFuture.completedStage(null)
        : look(operation, 0)
            .toCompletableFuture()
            .completeOnTimeout(null, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
  }

  private CompletionStage<Void> look(String operation, int looks) {
    return entities
        .read("operation/" + operation)
        .handle((answer, failure) -> failure != null || answer.exists())
        .thenCompose(
            enough ->
                enough || looks >= LOOKS
                    ? CompletableFuture.<Void>completedStage(null)
                    : Patterns.after(
                        PAUSE, system.classicSystem(), () -> look(operation, looks + 1)));
  }
}
