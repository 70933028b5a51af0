package govcloud.recovery.restore;

import com.datastax.oss.driver.api.core.cql.Statement;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Requests of one thread that are under way; the first that failed ends the work. */
final class InFlight {
  private final Patience patience;
  private final int most;
  private final Semaphore free;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  InFlight(Patience patience, int most) {
    this.patience = patience;
    this.most = most;
    this.free = new Semaphore(most);
  }

  /** Sends requests one by one, and waits while too many are under way. */
  void send(List<? extends Statement<?>> requests) throws RecoveryException {
    for (Statement<?> request : requests) {
      acquire(1);
      check();
      var unused =
          patience
              .execute(request)
              .whenComplete(
                  (result, failed) -> {
                    if (failed != null) {
                      failure.compareAndSet(null, failed);
                    }
                    free.release();
                  });
    }
  }

  /** Waits until all are done. */
  void awaitAll() throws RecoveryException {
    acquire(most);
    free.release(most);
    check();
  }

  private void acquire(int permits) throws RecoveryException {
    try {
      free.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecoveryException(Code.RECOVERY_INTERRUPTED, "ended while restoring", e);
    }
  }

  private void check() throws RecoveryException {
    Throwable failed = failure.get();
    if (failed != null) {
      throw new RecoveryException(
          Code.RECOVERY_TARGET_FAILED, "Cassandra: " + failed.getMessage(), failed);
    }
  }
}
