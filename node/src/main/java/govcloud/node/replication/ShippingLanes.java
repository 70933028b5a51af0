package govcloud.node.replication;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Threads on which slices are shipped. Urgent slices have a lane of their own, so that they wait
 * for their turn on the line and not for a thread of somebody whom the line lets wait. For several
 * threads.
 */
final class ShippingLanes {
  private final ReplicationThreads usual;
  private final ReplicationThreads urgent;
  private final Map<Integer, Step<?>> steps = new ConcurrentHashMap<>();

  /** Work of a slice; on whichever lane it is begun first. */
  private record Step<T>(Callable<T> work, AtomicBoolean isBegun, CompletableFuture<T> result) {
    void run() {
      if (!isBegun.compareAndSet(false, true)) {
        return;
      }
      try {
        result.complete(work.call());
      } catch (Throwable e) { // whoever waits has to learn of an error too
        result.completeExceptionally(e);
      }
    }
  }

  ShippingLanes(ReplicationThreads usual, ReplicationThreads urgent) {
    this.usual = usual;
    this.urgent = urgent;
  }

  /** Does work of a slice; one at a time. The stage fails with what the work throws. */
  <T> CompletionStage<T> run(int slice, ShippingRank rank, Callable<T> work) {
    Step<T> step = new Step<>(work, new AtomicBoolean(), new CompletableFuture<>());
    steps.put(slice, step);
    submit(step, rank);
    return step.result();
  }

  /** The slice is so urgent now; work of it that has not begun changes the lane. */
  void rank(int slice, ShippingRank rank) {
    Step<?> step = steps.get(slice);
    if (rank.isUrgent() && step != null && !step.isBegun().get()) {
      submit(step, rank);
    }
  }

  private void submit(Step<?> step, ShippingRank rank) {
    ReplicationThreads lane = rank.isUrgent() ? urgent : usual;
    boolean isFirst = rank == ShippingRank.WAITED_FOR || rank == ShippingRank.CONTINUOUS;
    var unused =
        lane.run(
            isFirst,
            () -> {
              step.run();
              return true;
            });
  }
}
