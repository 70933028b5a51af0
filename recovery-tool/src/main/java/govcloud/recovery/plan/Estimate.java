package govcloud.recovery.plan;

import java.time.Duration;

/**
 * How long something will take.
 *
 * @param likely the middle
 * @param low in one of ten cases it is done earlier
 * @param high in one of ten cases it takes longer
 */
public record Estimate(Duration likely, Duration low, Duration high) {
  /** Machines differ: without a measurement the true figure is somewhere within this factor. */
  private static final double GUESSED = 2.5;

  /** A measurement of the same data on the same machine still varies by this factor. */
  private static final double MEASURED = 1.3;

  /**
   * How long a number of records takes.
   *
   * @param rate records a second, above 0
   * @param measured whether the rate was measured on this machine
   */
  public static Estimate of(long records, double rate, boolean measured) {
    double factor = measured ? MEASURED : GUESSED;
    double seconds = records / rate;
    return new Estimate(seconds(seconds), seconds(seconds / factor), seconds(seconds * factor));
  }

  /** A duration of so many seconds. */
  public static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
