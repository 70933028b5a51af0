package govcloud.replication.reading;

import java.time.Duration;

/**
 * How long it is tried to go on when a line is slow or breaks.
 *
 * @param answer within which a request is answered whole; what is asked for gets smaller when that
 *     is too short
 * @param pause before the second try; doubled before each further one
 * @param longest pause
 * @param tries without anything in between that came
 */
public record Retries(Duration answer, Duration pause, Duration longest, int tries) {
  /** Goes on trying for some minutes. */
  public static final Retries USUAL =
      new Retries(Duration.ofSeconds(20), Duration.ofMillis(250), Duration.ofSeconds(10), 12);

  /** The pause before a try; the first one is number 0. */
  Duration before(int attempt) {
    Duration pause = this.pause.multipliedBy(1L << Math.min(attempt - 1, 20));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
