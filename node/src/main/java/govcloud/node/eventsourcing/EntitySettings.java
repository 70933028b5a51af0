package govcloud.node.eventsourcing;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How entities are run and asked; {@code govcloud.entities}.
 *
 * @param activeLimit entities that are kept in memory
 * @param askTimeout for one attempt
 * @param timeLimit for all attempts of one request
 * @param retryPause between two attempts
 * @param recoveryPause how long an entity refuses after a failed recovery
 * @param damagedPause how long a damaged entity refuses before it is looked at again
 */
public record EntitySettings(
    int activeLimit,
    Duration askTimeout,
    Duration timeLimit,
    Duration retryPause,
    Duration recoveryPause,
    Duration damagedPause) {

  public EntitySettings {
    require(activeLimit >= 100, "active-limit", activeLimit, ">= 100");
    requireAtLeast("ask-timeout", askTimeout, Duration.ofMillis(100));
    requireAtLeast("time-limit", timeLimit, askTimeout);
    requireAtLeast("retry-pause", retryPause, Duration.ofMillis(1));
    requireAtLeast("recovery-pause", recoveryPause, Duration.ofMillis(1));
    requireAtLeast("damaged-pause", damagedPause, Duration.ofMillis(1));
  }

  /** Reads {@code govcloud.entities} from the whole configuration. */
  public static EntitySettings from(Config root) {
    var config = root.getConfig("govcloud.entities");
    return new EntitySettings(
        config.getInt("active-limit"),
        config.getDuration("ask-timeout"),
        config.getDuration("time-limit"),
        config.getDuration("retry-pause"),
        config.getDuration("recovery-pause"),
        config.getDuration("damaged-pause"));
  }

  private static void requireAtLeast(String key, Duration value, Duration least) {
    require(value.compareTo(least) >= 0, key, value, ">= " + least);
  }

  private static void require(boolean fits, String key, Object value, String expectation) {
    if (!fits) {
      throw new IllegalArgumentException(
          "govcloud.entities." + key + ": " + value + " (expected: " + expectation + ")");
    }
  }
}
