package govcloud.journal.plugin;

import govcloud.journal.core.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContextExecutor;

/** Runs actions one at a time and in order on somebody else's threads: the core's single thread. */
public final class SerialExecutor implements Executor, Timers {

  private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);
  private static final int THROUGHPUT = 100;

  /** The scheduler's wheel turns in steps of ten milliseconds: too coarse for what is shorter. */
  private static final Duration COARSE = Duration.ofMillis(10);

  private final ExecutionContextExecutor threads;
  private final Scheduler scheduler;
  private final ConcurrentLinkedQueue<Runnable> actions = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Borrows threads for the actions, and a scheduler for those that come later. */
  public SerialExecutor(ExecutionContextExecutor threads, Scheduler scheduler) {
    this.threads = threads;
    this.scheduler = scheduler;
  }

  @Override
  public void execute(Runnable action) {
    actions.add(action);
    if (waiting.getAndIncrement() == 0) {
      threads.execute(this::run);
    }
  }

  @Override
  public void after(Duration delay, Runnable action) {
    if (delay.compareTo(COARSE) < 0) {
      CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, this)
          .execute(action);
      return;
    }
    try {
      scheduler.scheduleOnce(delay, () -> execute(action), threads);
    } catch (IllegalStateException terminating) {
      LOG.debug("journal: no timers any more, the actor system ends");
    }
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  private void run() {
    int done = 0;
    while (done < THROUGHPUT) {
      Runnable action = actions.poll();
      if (action == null) {
        break;
      }
      done++;
      try {
        action.run();
      } catch (RuntimeException e) {
        LOG.error("journal: an action failed; what waited for it runs into its time-out", e);
      }
    }
    if (waiting.addAndGet(-done) > 0) {
      threads.execute(this::run);
    }
  }
}
