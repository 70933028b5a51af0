package govcloud.node.replication;

import govcloud.replication.shipping.LinkException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * So many bytes a second of the line to the sibling, shared by all that goes over it, the most
 * urgent first. For several threads.
 */
final class Bandwidth {
  private final Optional<LineQueue> queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private Bandwidth(Optional<LineQueue> queue) {
    this.queue = queue;
  }

  /**
   * A limit.
   *
   * @param bytesPerSecond 0: none
   */
  static Bandwidth of(long bytesPerSecond) {
    return new Bandwidth(
        bytesPerSecond == 0
            ? Optional.empty()
            : Optional.of(new LineQueue(bytesPerSecond, System.nanoTime())));
  }

  /** Waits until so many bytes may be sent. */
  void take(long bytes, Supplier<ShippingRank> rank) throws LinkException {
    if (queue.isEmpty() || bytes <= 0) {
      return;
    }
    lock.lock();
    try {
      take(queue.get(), queue.get().enter(bytes, rank));
    } finally {
      lock.unlock();
    }
  }

  private void take(LineQueue line, LineQueue.Turn turn) throws LinkException {
    try {
      OptionalLong wait = line.waits(turn, System.nanoTime());
      while (wait.isEmpty() || wait.getAsLong() > 0) {
        if (wait.isPresent()) {
          long unused = changed.awaitNanos(wait.getAsLong());
        } else {
          changed.await();
        }
        wait = line.waits(turn, System.nanoTime());
      }
    } catch (InterruptedException e) {
      line.leave(turn);
      Thread.currentThread().interrupt();
      throw new LinkException("interrupted", e);
    } finally {
      changed.signalAll();
    }
  }

  /** Somebody who waits may have become more urgent. */
  void reorder() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
