package govcloud.benchmarks;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * A closed load: keeps a fixed number of requests under way for a time and counts what completed.
 *
 * @param inFlight requests under way at once
 * @param warmUp how long requests run before counting begins
 * @param measured how long completions are counted
 */
record Load(int inFlight, Duration warmUp, Duration measured) {

  /** Completions per second and how many requests failed. */
  record Result(double perSecond, long completed, long failed) {}

  /** Runs requests, numbered from 0, until the time is over and all have ended. */
  Result run(LongFunction<CompletionStage<?>> request) throws InterruptedException {
    var places = new Semaphore(inFlight);
    var completed = new AtomicLong();
    var failed = new AtomicLong();
    long number = 0;
    number = drive(request, places, completed, failed, number, warmUp);
    long before = completed.get();
    long began = System.nanoTime();
    drive(request, places, completed, failed, number, measured);
    double seconds = (System.nanoTime() - began) / 1e9;
    long counted = completed.get() - before;
    places.acquire(inFlight);
    return new Result(counted / seconds, counted, failed.get());
  }

  private static long drive(
      LongFunction<CompletionStage<?>> request,
      Semaphore places,
      AtomicLong completed,
      AtomicLong failed,
      long first,
      Duration time)
      throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    long number = first;
    while (System.nanoTime() < end) {
      places.acquire();
      request
          .apply(number++)
          .whenComplete(
              (answer, failure) -> {
                (failure == null ? completed : failed).incrementAndGet();
                places.release();
              });
    }
    return number;
  }
}
