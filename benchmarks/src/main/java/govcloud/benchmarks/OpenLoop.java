package govcloud.benchmarks;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Sends requests at a fixed rate, whatever becomes of them. The time of an answer counts from the
 * moment at which its request was due, so that a stall counts for everything that was due in it.
 */
final class OpenLoop {

  /** More requests than a node takes connections would measure the client's own queue. */
  private static final int CONNECTIONS = 900;

  private static final String FULL = "client full";
  private static final String ACCEPTED = "accepted";

  private final HttpClient http;
  private final LongFunction<HttpRequest> request;
  private final ConcurrentHistogram accepted =
      new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(2), 3);
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final AtomicLong lastAccepted = new AtomicLong();
  private final AtomicLong longestGap = new AtomicLong();
  private final Semaphore connections = new Semaphore(CONNECTIONS);

  OpenLoop(HttpClient http, LongFunction<HttpRequest> request) {
    this.http = http;
    this.request = request;
  }

  /**
   * What came of a load.
   *
   * @param perSecond accepted requests that were answered before the last one was due
   * @param p50 milliseconds, of all that were accepted, however late; and so are the others
   * @param longestGap the longest time without an accepted one
   * @param outcomes numbers by status and code, late ones too
   */
  record Result(
      double perSecond, double p50, double p99, double longestGap, Map<String, Long> outcomes) {

    /** Accepted requests, late ones too. */
    long accepted() {
      return outcomes.getOrDefault(ACCEPTED, 0L);
    }

    /** Whether there were requests and all of them were accepted. */
    boolean allAccepted() {
      return outcomes.keySet().equals(Set.of(ACCEPTED));
    }

    @Override
    public String toString() {
      return "%.0f accepted/s, p50 %.0f ms, p99 %.0f ms, longest gap %.0f ms, %s"
          .formatted(perSecond, p50, p99, longestGap, outcomes);
    }
  }

  /** Sends {@code rate} requests a second for {@code seconds}, then waits for the last answers. */
  Result run(double rate, int seconds) throws InterruptedException {
    long begin = System.nanoTime();
    lastAccepted.set(begin);
    long all = (long) (rate * seconds);
    for (long number = 0; number < all; number++) {
      long due = begin + (long) (number * 1e9 / rate);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(Math.min(1_000_000, Math.max(1, due - System.nanoTime())));
      }
      if (connections.tryAcquire()) {
        send(request.apply(number), due);
      } else {
        count(FULL);
      }
    }
    // What is accepted while the last answers are awaited was not done in this time.
    long end = System.nanoTime();
    double perSecond = accepted.getTotalCount() / ((end - begin) / 1e9);
    longestGap.accumulateAndGet(end - lastAccepted.get(), Math::max);
    connections.acquire(CONNECTIONS);
    connections.release(CONNECTIONS);
    return result(perSecond);
  }

  private void send(HttpRequest one, long due) {
    var unused =
        http.sendAsync(one, HttpResponse.BodyHandlers.ofString())
            .whenComplete(
                (answer, failure) -> {
                  if (failure == null && answer.statusCode() < 300) {
                    accepted.recordValue(
                        Math.min((System.nanoTime() - due) / 1000, TimeUnit.MINUTES.toMicros(2)));
                    long now = System.nanoTime();
                    long gap = now - lastAccepted.getAndSet(now);
                    longestGap.accumulateAndGet(gap, Math::max);
                    count(ACCEPTED);
                  } else {
                    count(failure == null ? code(answer) : cause(failure));
                  }
                  connections.release();
                });
  }

  private static String cause(Throwable failure) {
    boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
    return (wrapped ? failure.getCause() : failure).getClass().getSimpleName();
  }

  /** Status and code of an answer that is no success. */
  static String code(HttpResponse<String> answer) {
    var found = java.util.regex.Pattern.compile("\"code\":\"([A-Z_]+)\"").matcher(answer.body());
    String hasty =
        answer.statusCode() < 429 || answer.headers().firstValue("Retry-After").isPresent()
            ? ""
            : " without Retry-After";
    return answer.statusCode() + " " + (found.find() ? found.group(1) : "") + hasty;
  }

  private void count(String outcome) {
    outcomes.computeIfAbsent(outcome, name -> new LongAdder()).increment();
  }

  private Result result(double perSecond) {
    Map<String, Long> numbers = new TreeMap<>();
    outcomes.forEach((name, number) -> numbers.put(name, number.sum()));
    return new Result(
        perSecond,
        accepted.getValueAtPercentile(50) / 1000.0,
        accepted.getValueAtPercentile(99) / 1000.0,
        longestGap.get() / 1e6,
        numbers);
  }
}
