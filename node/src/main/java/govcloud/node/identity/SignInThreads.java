package govcloud.node.identity;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Does what a sign-in needs on a few threads of its own: everybody can ask for it, and it is dear
 * (passwords) or waits for others (an identity provider).
 */
final class SignInThreads implements AutoCloseable {

  private final ThreadPoolExecutor threads;

  /**
   * Threads that nobody has needed yet.
   *
   * @param name of the threads
   * @param most of them at the same time
   * @param queue how much work may wait; more is refused at once
   */
  SignInThreads(String name, int most, int queue) {
    threads =
        new ThreadPoolExecutor(
            most,
            most,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(queue),
            work -> {
              var thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Does the work, or fails with 429 when too much of it waits. */
  <T> CompletionStage<T> run(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(
          Problem.of(
                  BorderCode.SIGN_IN_BUSY,
                  "sign-ins: too many at the same time on this node (expected: fewer)")
              .header("Retry-After", "2")
              .asException());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
