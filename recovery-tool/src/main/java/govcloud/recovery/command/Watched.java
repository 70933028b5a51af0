package govcloud.recovery.command;

import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work beside which somebody tells again and again how far it is. */
final class Watched {
  private static final long EVERY_MILLIS = 100;

  private Watched() {}

  /** What stops by itself or with a code. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws RecoveryException;
  }

  /** Does the work in a thread of its own, and the telling in this one. */
  static <T> T run(Work<T> work, Runnable tell) throws RecoveryException {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<T> result = executor.submit(work::run);
      while (true) {
        try {
          return result.get(EVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          tell.run();
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecoveryException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecoveryException(Code.RECOVERY_INTERRUPTED, "ended by its caller", e);
    } finally {
      tell.run();
      executor.shutdownNow();
    }
  }
}
