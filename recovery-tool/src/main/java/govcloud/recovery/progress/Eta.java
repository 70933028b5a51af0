package govcloud.recovery.progress;

import govcloud.recovery.plan.Estimate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Tells from the speed so far when work will be done, with a band that holds in 8 of 10 cases: the
 * more the speed varied, and the less was seen of it, the wider. Not for several threads.
 */
public final class Eta {
  /** 80 % of a normal distribution lie within so many standard deviations. */
  private static final double EIGHTY_PERCENT = 1.2816;

  /** Speeds of neighbouring intervals are alike, so that many tell less than their number says. */
  private static final double ALIKE = 4;

  /** Even a speed that never varied may do so later. */
  private static final double LEAST = 0.05;

  private static final double WIDEST = 0.8;
  private static final int KEPT = 240;
  private static final int ENOUGH = 4;
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Deque<Double> speeds = new ArrayDeque<>();
  private Instant seen;
  private double work;

  /**
   * Learns how much is done.
   *
   * @param done in any unit, never less than before
   */
  public void observe(Instant now, double done) {
    if (seen == null) {
      seen = now;
      work = done;
      return;
    }
    Duration since = Duration.between(seen, now);
    if (since.compareTo(INTERVAL) < 0) {
      return;
    }
    speeds.addLast((done - work) / (since.toMillis() / 1000.0));
    if (speeds.size() > KEPT) {
      speeds.removeFirst();
    }
    seen = now;
    work = done;
  }

  /**
   * How long the rest takes.
   *
   * @param left in the same unit
   * @return empty as long as too little was seen
   */
  public Optional<Estimate> left(double left) {
    double mean = speeds.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    if (speeds.size() < ENOUGH || mean <= 0) {
      return Optional.empty();
    }
    double variance =
        speeds.stream().mapToDouble(speed -> (speed - mean) * (speed - mean)).sum()
            / (speeds.size() - 1);
    double likely = Math.max(0, left) / mean;
    double ahead = Math.max(1, likely / (INTERVAL.toMillis() / 1000.0));
    double error = Math.sqrt(variance / (mean * mean) * ALIKE * (1.0 / speeds.size() + 1 / ahead));
    double band = Math.min(WIDEST, EIGHTY_PERCENT * error + LEAST);
    return Optional.of(
        new Estimate(
            Estimate.seconds(likely),
            Estimate.seconds(likely / (1 + band)),
            Estimate.seconds(likely / (1 - band))));
  }
}
