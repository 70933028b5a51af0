package govcloud.node.replication;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Tells when the sibling has a record; works on every node, whichever hosts the slice. */
@FunctionalInterface
public interface ReceiptWait {

  /**
   * Waits for the sibling's receipt of everything in a slice up to a position. To wait is also to
   * ask for it: what has to go there first should not wait to fill a segment.
   *
   * @param slice from 0
   * @param position of a record; that before the first is receipted at once
   * @param limit how long to wait; zero: what is known now
   * @return what has become of it, soon after {@code limit} at the latest; a failure says no more
   *     than {@link ReplicationOutcome#NOT_RECEIPTED_IN_TIME}
   */
  CompletionStage<ReplicationOutcome> await(int slice, long position, Duration limit);

  /** Waits by what this node hears of the slices. */
  static ReceiptWait of(ReplicationProgress progress) {
    return (slice, position, limit) -> {
      if (position <= progress.receiptedPosition(slice)) {
        return CompletableFuture.completedStage(ReplicationOutcome.RECEIPTED);
      }
      if (limit.isZero()) {
        return CompletableFuture.completedStage(ReplicationOutcome.NOT_RECEIPTED_IN_TIME);
      }
      return progress
          .receipted(slice, position)
          .thenApply(there -> ReplicationOutcome.RECEIPTED)
          .toCompletableFuture()
          .completeOnTimeout(
              ReplicationOutcome.NOT_RECEIPTED_IN_TIME, limit.toMillis(), TimeUnit.MILLISECONDS);
    };
  }
}
