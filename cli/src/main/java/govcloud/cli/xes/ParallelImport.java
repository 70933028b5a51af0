package govcloud.cli.xes;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Works on several traces at the same time, each in order within itself. Reading waits for work to
 * be done, so memory holds a bounded number of traces.
 */
final class ParallelImport {
  private final TraceReader reader;
  private final TraceImport traces;
  private final int parallel;
  private final TraceOccurrences occurrences = new TraceOccurrences();

  ParallelImport(TraceReader reader, TraceImport traces, int parallel) {
    this.reader = reader;
    this.traces = traces;
    this.parallel = parallel;
  }

  /**
   * Imports everything; {@code progress} is called often, by one thread.
   *
   * @throws CommandFailure the first that ended the import
   */
  void run(Runnable progress) {
    ExecutorService workers = Executors.newFixedThreadPool(parallel);
    Semaphore room = new Semaphore(parallel * 2);
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    try {
      Optional<XesTrace> next = reader.next();
      while (next.isPresent() && failure.get() == null) {
        XesTrace trace = next.get();
        int occurrence = occurrences.count(trace.name());
        take(room, progress, failure);
        workers.execute(() -> work(trace, occurrence, room, failure));
        next = reader.next();
        progress.run();
      }
      workers.shutdown();
      while (!workers.awaitTermination(100, TimeUnit.MILLISECONDS)) {
        progress.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");
    } finally {
      workers.shutdownNow();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private static void take(
      Semaphore room, Runnable progress, AtomicReference<RuntimeException> failure)
      throws InterruptedException {
    while (!room.tryAcquire(100, TimeUnit.MILLISECONDS)) {
      progress.run();
      if (failure.get() != null) {
        return;
      }
    }
  }

  private void work(
      XesTrace trace, int occurrence, Semaphore room, AtomicReference<RuntimeException> failure) {
    try {
      if (failure.get() == null) {
        traces.run(trace, occurrence);
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      room.release();
    }
  }
}
