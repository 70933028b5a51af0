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

/** Checks passwords on a few threads of their own: everybody can ask for it, and it is dear. */
final class PasswordThreads implements AutoCloseable {

  private final ThreadPoolExecutor threads;

  PasswordThreads(IdentitySettings settings) {
    threads =
        new ThreadPoolExecutor(
            settings.passwordThreads(),
            settings.passwordThreads(),
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(settings.passwordQueue()),
            work -> {
              var thread = new Thread(work, "govcloud-passwords");
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
