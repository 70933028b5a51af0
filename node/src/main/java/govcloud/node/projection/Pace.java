package govcloud.node.projection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.Patterns;

/**
 * Lets a projection that records stream into rest after each batch, so that more of them come
 * together, and what many of them change is written once. The rest is a multiple of the time that
 * the batch took: the busier the database, the fewer requests. What comes now and then is taken in
 * at once, and so is what a projection lags behind.
 */
final class Pace {

  private static final int MULTIPLE = 4;
  private static final long SHORTEST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 500;

  /** From so many records in a batch on a projection counts as busy. */
  private static final int BUSY = 8;

  private final ActorSystem<?> system;

  Pace(ActorSystem<?> system) {
    this.system = system;
  }

  /** Does the work of one batch, and completes when the next one may begin. */
  CompletionStage<Done> keep(int records, Supplier<CompletionStage<?>> work) {
    long began = System.nanoTime();
    return work.get()
        .thenCompose(
            done -> {
              long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
              return records < BUSY || records == RecordBatch.MOST
                  ? CompletableFuture.completedFuture(Done.getInstance())
                  : rest(took * MULTIPLE);
            });
  }

  private CompletionStage<Done> rest(long wish) {
    long millis = Math.max(SHORTEST_MILLIS, Math.min(LONGEST_MILLIS, wish));
    return Patterns.after(
        Duration.ofMillis(millis),
        system,
        () -> CompletableFuture.completedFuture(Done.getInstance()));
  }
}
