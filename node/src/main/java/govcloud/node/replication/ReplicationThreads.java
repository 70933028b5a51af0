package govcloud.node.replication;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Threads for work that blocks: on the archive, or on the link. Urgent work is begun first,
 * otherwise work that came first.
 */
public final class ReplicationThreads implements AutoCloseable {
  /** Work in the queue; what has the lower turn is begun first. */
  private record Work(long turn, long arrival, Runnable work)
      implements Runnable, Comparable<Work> {

    @Override
    public void run() {
      work.run();
    }

    @Override
    public int compareTo(Work other) {
      return turn == other.turn
          ? Long.compare(arrival, other.arrival)
          : Long.compare(turn, other.turn);
    }
  }

  /** No work is as old as that. */
  private static final long ALWAYS = Long.MAX_VALUE / 2;

  private final AtomicLong arrivals = new AtomicLong();
  private final long lead;
  private final ThreadPoolExecutor executor;

  /** So many threads with a name. */
  public ReplicationThreads(String name, int threads) {
    this(name, threads, ALWAYS);
  }

  /**
   * Threads on which urgent work does not starve the rest.
   *
   * @param lead so many pieces that came before it urgent work passes, and no more
   */
  ReplicationThreads(String name, int threads, long lead) {
    this.lead = lead;
    AtomicLong number = new AtomicLong();
    executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new PriorityBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** So many threads with a name, that end with a system. */
  public static ReplicationThreads of(ActorSystem<?> system, String name, int threads) {
    return of(system, new ReplicationThreads(name, threads));
  }

  /** The same threads; they end with a system. */
  static ReplicationThreads of(ActorSystem<?> system, ReplicationThreads made) {
    system.getWhenTerminated().whenComplete((done, failure) -> made.close());
    return made;
  }

  /**
   * Looks at something again and again, on a thread of its own, until the system ends. While a look
   * takes long, at most one more waits.
   */
  public static void watch(
      ActorSystem<?> system, String name, Duration every, Callable<Boolean> look) {
    ReplicationThreads threads = of(system, name, 1);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            every,
            every,
            () -> {
              if (threads.waiting() == 0) {
                var unused = threads.run(false, look);
              }
            },
            system.executionContext());
  }

  /** Does work on one of the threads; the stage fails with what the work throws. */
  public <T> CompletionStage<T> run(boolean urgent, Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    long arrival = arrivals.incrementAndGet();
    executor.execute(
        new Work(
            urgent ? arrival - lead : arrival,
            arrival,
            () -> {
              try {
                result.complete(work.call());
              } catch (Throwable e) { // whoever waits has to learn of an error too
                result.completeExceptionally(e);
              }
            }));
    return result;
  }

  /** What work threw, without the wrapping of a later stage. */
  public static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Work that waits. */
  public int waiting() {
    return executor.getQueue().size();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
