package govcloud.node.replication.audit;

import com.typesafe.config.Config;
import govcloud.node.replication.Pace;
import java.time.Duration;

/**
 * When log, chunks, archive and receipts are compared by themselves; {@code
 * govcloud.replication.audit} in the configuration.
 *
 * @param interval between two audits
 * @param pace of reading
 */
public record AuditSettings(Duration interval, Pace pace) {
  private static final String PATH = "govcloud.replication.audit";
  private static final long SLOWEST = 1 << 10;

  /** Checks every value; messages name key, value and expectation. */
  public AuditSettings {
    require(interval.toSeconds() >= 1, "interval", interval, ">= 1 s");
    require(pace.bytesPerSecond() >= SLOWEST, "bandwidth", pace.bytesPerSecond(), ">= 1 KiB");
  }

  /** Reads the settings from the root of the configuration. */
  public static AuditSettings from(Config root) {
    Config config = root.getConfig(PATH);
    return new AuditSettings(
        config.getDuration("interval"), new Pace(config.getBytes("bandwidth")));
  }

  /** How long the first audit waits after the start, at most so long. */
  public Duration first(Duration longest) {
    return interval.compareTo(longest) < 0 ? interval : longest;
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          PATH + "." + key + ": " + value + " (expected: " + expected + ")");
    }
  }
}
