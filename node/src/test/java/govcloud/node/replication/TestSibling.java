package govcloud.node.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A sibling that gives receipts when the test says so. */
final class TestSibling implements ReceiptWait {

  private record Waiter(int slice, long position, CompletableFuture<ReplicationOutcome> outcome) {}

  private final long[] receipted = {-1, -1};
  private final List<Waiter> waiters = new ArrayList<>();
  private int asked;
  private boolean prompt;
  private boolean broken;

  @Override
  public synchronized CompletionStage<ReplicationOutcome> await(
      int slice, long position, Duration limit) {
    asked++;
    if (broken) {
      throw new IllegalStateException("no news of slices");
    }
    if (prompt || position <= receipted[slice]) {
      return CompletableFuture.completedStage(ReplicationOutcome.RECEIPTED);
    }
    var waiter = new Waiter(slice, position, new CompletableFuture<>());
    waiters.add(waiter);
    return waiter
        .outcome()
        .copy()
        .completeOnTimeout(
            ReplicationOutcome.NOT_RECEIPTED_IN_TIME, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Gives receipts for a slice up to a position, to those who wait and to those who will. */
  synchronized void receipts(int slice, long position) {
    receipted[slice] = position;
    waiters.stream()
        .filter(waiter -> waiter.slice() == slice && waiter.position() <= position)
        .forEach(waiter -> waiter.outcome().complete(ReplicationOutcome.RECEIPTED));
  }

  /** From now on gives receipts for everything at once. */
  synchronized void isThere() {
    prompt = true;
    receipts(0, Long.MAX_VALUE);
    receipts(1, Long.MAX_VALUE);
  }

  /** From now on every question fails. */
  synchronized void isBroken() {
    broken = true;
  }

  /** Every question so far. */
  synchronized int asked() {
    return asked;
  }
}
