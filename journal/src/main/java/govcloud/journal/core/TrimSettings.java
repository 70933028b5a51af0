package govcloud.journal.core;

import java.time.Duration;

/**
 * How the log is trimmed.
 *
 * @param enabled false: nothing is ever taken out of the log
 * @param keep batches at the end of the log that stay whoever has read them
 * @param interval how often to look whether there is something to trim
 */
public record TrimSettings(boolean enabled, long keep, Duration interval) {

  /** Checks every value; messages name key, value and expectation. */
  public TrimSettings {
    if (keep < 0) {
      throw new IllegalArgumentException(
          "govcloud.journal.trim.keep: " + keep + " (expected: >= 0)");
    }
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "govcloud.journal.trim.interval: " + interval + " (expected: >= 1 ms)");
    }
  }
}
