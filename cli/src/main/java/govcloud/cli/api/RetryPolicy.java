package govcloud.cli.api;

import java.time.Duration;

/**
 * How long a request is tried again.
 *
 * @param budget from the first attempt; no attempt begins later
 * @param firstPause before the second attempt, doubled each time
 * @param longestPause between two attempts
 * @param attemptTimeout for one answer
 */
public record RetryPolicy(
    Duration budget, Duration firstPause, Duration longestPause, Duration attemptTimeout) {

  /** For people who wait at a terminal: half a minute. */
  public static RetryPolicy interactive() {
    return within(Duration.ofSeconds(30));
  }

  /** A policy with this budget and the usual pauses. */
  public static RetryPolicy within(Duration budget) {
    return new RetryPolicy(
        budget, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(30));
  }

  /** The pause before the next attempt; what the server asks for is honoured up to a minute. */
  Duration pause(int attempt, Duration asked) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(attempt, 10));
    Duration bounded = pause.compareTo(longestPause) > 0 ? longestPause : pause;
    Duration most = Duration.ofMinutes(1);
    Duration wanted = asked.compareTo(most) > 0 ? most : asked;
    return bounded.compareTo(wanted) > 0 ? bounded : wanted;
  }
}
