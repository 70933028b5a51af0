package govcloud.node.projection;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How projections behave: {@code govcloud.projection}.
 *
 * @param restartMinimum how long a projection rests after its first failure
 * @param restartMaximum how long it rests at most after many
 * @param cachedRows rows that one view keeps in memory for one slice; 0 keeps none
 * @param parkedLimit parked streams of one view in one slice; what is beyond lets the view fail
 */
public record ProjectionSettings(
    Duration restartMinimum, Duration restartMaximum, int cachedRows, int parkedLimit) {

  /** The configuration path of these settings. */
  public static final String PATH = "govcloud.projection";

  public ProjectionSettings {
    if (restartMinimum.toMillis() < 1 || restartMaximum.compareTo(restartMinimum) < 0) {
      throw new IllegalArgumentException(
          PATH
              + ".restart-minimum: "
              + restartMinimum
              + " (expected: positive and at most restart-maximum, "
              + restartMaximum
              + ")");
    }
    if (cachedRows < 0) {
      throw new IllegalArgumentException(
          PATH + ".cached-rows: " + cachedRows + " (expected: >= 0)");
    }
    if (parkedLimit < 0) {
      throw new IllegalArgumentException(
          PATH + ".parked-limit: " + parkedLimit + " (expected: >= 0)");
    }
  }

  /** Reads the settings from the whole configuration. */
  public static ProjectionSettings from(Config root) {
    Config config = root.getConfig(PATH);
    return new ProjectionSettings(
        config.getDuration("restart-minimum"),
        config.getDuration("restart-maximum"),
        config.getInt("cached-rows"),
        config.getInt("parked-limit"));
  }
}
