package govcloud.recovery;

import govcloud.recovery.RecoveryException.Code;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Work that is shared among threads. */
public final class Together {
  private Together() {}

  /**
   * Does all, begun in this order, and ends with the first that fails.
   *
   * @param doing for people, such as {@code proving}
   * @throws RecoveryException as a task throws it, or when the thread that waits is interrupted
   * @throws CompletionException with whatever else a task throws
   */
  public static void run(int threads, String doing, List<Callable<Void>> tasks)
      throws RecoveryException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(executor);
      tasks.forEach(running::submit);
      for (int i = 0; i < tasks.size(); i++) {
        running.take().get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecoveryException known) {
        throw known;
      }
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecoveryException(Code.RECOVERY_INTERRUPTED, "ended while " + doing, e);
    } finally {
      executor.shutdownNow();
    }
  }
}
