package govcloud.benchmarks;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * A closed load: keeps a fixed number of requests under way for a time.
 *
 * @param inFlight requests under way at once
 * @param time how long new requests are begun
 */
record Load(int inFlight, Duration time) {

  /**
   * What came of it.
   *
   * @param completed requests that succeeded
   * @param failed requests that did not
   * @param seconds from the first request to the end of the last
   * @param next number of the first request that was not made
   */
  record Result(long completed, long failed, double seconds, long next) {
    double perSecond() {
      return completed / seconds;
    }

    /**
     * The same result.
     *
     * @throws IllegalStateException when fewer requests succeeded than were to be made
     */
    Result requireAll(String what, long expected) {
      if (completed < expected) {
        throw new IllegalStateException(
            "%s: %,d in %.0f s, %d failed (expected: %,d)"
                .formatted(what, completed, seconds, failed, expected));
      }
      return this;
    }
  }

  /** Runs requests, numbered from {@code first}, until the time is over and all have ended. */
  Result run(long first, LongFunction<CompletionStage<?>> request) throws InterruptedException {
    return run(first, Long.MAX_VALUE, request);
  }

  /** The same, with at most a number of requests. */
  Result run(long first, long most, LongFunction<CompletionStage<?>> request)
      throws InterruptedException {
    var places = new Semaphore(inFlight);
    var completed = new AtomicLong();
    var failed = new AtomicLong();
    long began = System.nanoTime();
    long end = began + time.toNanos();
    long number = first;
    while (number - first < most && System.nanoTime() < end) {
      places.acquire();
      request
          .apply(number++)
          .whenComplete(
              (answer, failure) -> {
                (failure == null ? completed : failed).incrementAndGet();
                places.release();
              });
    }
    places.acquire(inFlight);
    return new Result(completed.get(), failed.get(), (System.nanoTime() - began) / 1e9, number);
  }
}
