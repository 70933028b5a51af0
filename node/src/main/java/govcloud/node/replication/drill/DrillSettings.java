package govcloud.node.replication.drill;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the reports of drills are; {@code govcloud.replication.drills} in the configuration.
 *
 * @param folder the folder of all drills; none: nothing is known of them
 * @param oldest a good drill of everything that is older is an alarm
 */
public record DrillSettings(Optional<Path> folder, Duration oldest) {
  private static final String PATH = "govcloud.replication.drills";

  /** Checks every value; messages name key, value and expectation. */
  public DrillSettings {
    if (oldest.toHours() < 1) {
      throw new IllegalArgumentException(PATH + ".oldest: " + oldest + " (expected: >= 1 h)");
    }
  }

  /** Reads the settings from the root of the configuration. */
  public static DrillSettings from(Config root) {
    Config config = root.getConfig(PATH);
    return new DrillSettings(
        Optional.of(config.getString("folder")).filter(path -> !path.isEmpty()).map(Path::of),
        config.getDuration("oldest"));
  }
}
