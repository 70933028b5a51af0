package govcloud.node.exchange;

import govcloud.node.http.Failures;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.CircuitBreaker;
import org.apache.pekko.pattern.CircuitBreakerOpenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one service apart from all others: it has places of its own, so that one that stalls takes
 * nothing from anybody else, and is left alone for a while when it has failed so many times one
 * after the other. Then one query tries it again.
 */
final class ProviderGuard {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderGuard.class);

  /** A call ends itself in time; this catches one that is held up by the machine. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final String name;
  private final Semaphore places;
  private final CircuitBreaker breaker;
  private final Executor threads;

  /**
   * A guard.
   *
   * @param name of the service, for the log
   * @param threads as many as there are places of all services
   */
  ProviderGuard(String name, ProviderSettings settings, ActorSystem<?> system, Executor threads) {
    this.name = name;
    this.places = new Semaphore(settings.atOnce());
    this.threads = threads;
    this.breaker =
        new CircuitBreaker(
                system.executionContext(),
                system.classicSystem().scheduler(),
                settings.failures(),
                settings.timeout().plus(MARGIN),
                settings.rest())
            .addOnOpenListener(() -> LOG.warn("{}: fails, and is left alone", name))
            .addOnHalfOpenListener(() -> LOG.info("{}: is tried again", name))
            .addOnCloseListener(() -> LOG.info("{}: answers again", name));
  }

  /**
   * Calls.
   *
   * @param work what fails counts against the service
   * @return fails with {@link ProviderPausedException} where it is not called
   */
  <T> CompletionStage<T> call(Callable<T> work) {
    if (!places.tryAcquire()) {
      return CompletableFuture.failedStage(
          new ProviderPausedException(name + ": all places are taken", 1));
    }
    return breaker
        .callWithCircuitBreakerCS(() -> CompletableFuture.supplyAsync(() -> inPlace(work), threads))
        .exceptionallyCompose(
            failure -> {
              if (Failures.cause(failure) instanceof CircuitBreakerOpenException open) {
                places.release();
                return CompletableFuture.failedStage(
                    new ProviderPausedException(
                        name + ": failed too often", open.remainingDuration().toSeconds()));
              }
              return CompletableFuture.failedStage(failure);
            });
  }

  /** The place is held as long as the thread is, whoever has stopped waiting. */
  private <T> T inPlace(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new CompletionException(e);
    } finally {
      places.release();
    }
  }
}
