package govcloud.node.projection;

import govcloud.journal.reader.RecordGroup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/**
 * Lets a projection that records stream into rest after each group, so that more of them come
 * together, and what many of them change is written once. The rest is a multiple of the time that
 * the group took: the busier the database, the fewer requests. What comes now and then is taken in
 * at once, and so is what a projection lags behind; somebody who waits for it shortens the rest.
 */
final class Pace {

  private static final int MULTIPLE = 8;
  private static final long SHORTEST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 1000;

  /** From so many records in a group on a projection counts as busy. */
  private static final int BUSY = 8;

  private final Supplier<CompletionStage<?>> wanted;

  /**
   * @param wanted completes when somebody waits for the projection to go on
   */
  Pace(Supplier<CompletionStage<?>> wanted) {
    this.wanted = wanted;
  }

  /** Does the work of one group, and completes when the next one may begin. */
  CompletionStage<Done> keep(RecordGroup group, Supplier<CompletionStage<?>> work) {
    long began = System.nanoTime();
    return work.get()
        .thenCompose(
            done -> {
              long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
              return group.records().size() < BUSY || !group.last()
                  ? CompletableFuture.completedFuture(Done.getInstance())
                  : rest(Math.min(LONGEST_MILLIS, took * MULTIPLE));
            });
  }

  private CompletionStage<Done> rest(long wish) {
    return pause(SHORTEST_MILLIS)
        .thenCompose(
            rested -> {
              var more = pause(wish - SHORTEST_MILLIS);
              wanted.get().thenRun(() -> more.complete(Done.getInstance()));
              return more;
            });
  }

  private static CompletableFuture<Done> pause(long millis) {
    return new CompletableFuture<Done>()
        .completeOnTimeout(Done.getInstance(), Math.max(0, millis), TimeUnit.MILLISECONDS);
  }
}
