package govcloud.recovery.restore;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.QueryExecutionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Makes requests again while Cassandra is away or overloaded: it may be restarted, or be the only
 * one of a machine that does too much. Everything that a restore writes may be written again.
 */
final class Patience {
  /** A Cassandra that starts after a crash reads its commit log first. */
  static final Duration LIMIT = Duration.ofMinutes(3);

  private static final long PAUSE_MILLIS = 500;

  private final CqlSession session;
  private final Duration limit;

  Patience(CqlSession session, Duration limit) {
    this.session = session;
    this.limit = limit;
  }

  /** The answer; fails with the last failure when the limit is over, and at once with others. */
  CompletionStage<AsyncResultSet> execute(Statement<?> request) {
    return execute(request, System.nanoTime());
  }

  private CompletionStage<AsyncResultSet> execute(Statement<?> request, long began) {
    return session
        .executeAsync(request)
        .handle(
            (answer, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedStage(answer);
              }
              return passes(failure) && System.nanoTime() - began < limit.toNanos()
                  ? later(request, began)
                  : CompletableFuture.<AsyncResultSet>failedStage(cause(failure));
            })
        .thenCompose(answer -> answer);
  }

  private CompletionStage<AsyncResultSet> later(Statement<?> request, long began) {
    return CompletableFuture.supplyAsync(
            () -> execute(request, began),
            CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS))
        .thenCompose(answer -> answer);
  }

  private static boolean passes(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof AllNodesFailedException
        || cause instanceof DriverTimeoutException
        || cause instanceof QueryExecutionException;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
