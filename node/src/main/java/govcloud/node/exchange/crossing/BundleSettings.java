package govcloud.node.exchange.crossing;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How bundles are exchanged with clouds that are reached through gateways; {@code
 * govcloud.exchange.clouds.bundles} in the configuration.
 *
 * @param patience after which what the other cloud has not taken in is dropped again
 * @param alarm after which that is told to the operators
 */
public record BundleSettings(Duration patience, Duration alarm) {

  public BundleSettings {
    if (patience.toMillis() < 1) {
      throw CloudSettings.wrong("bundles.patience", patience, ">= 1 ms");
    }
    if (alarm.compareTo(patience) < 0) {
      throw CloudSettings.wrong("bundles.alarm", alarm, "not less than patience");
    }
  }

  static BundleSettings from(Config config) {
    return new BundleSettings(config.getDuration("patience"), config.getDuration("alarm"));
  }

  /**
   * The two folders of a cloud.
   *
   * @param outbox from which the gateway to that cloud takes files
   * @param inbox into which the gateway from that cloud puts files
   */
  public record Folders(Path outbox, Path inbox) {
    public Folders {
      if (outbox.equals(inbox)) {
        throw CloudSettings.wrong("known", inbox, "another inbox than outbox");
      }
    }

    static Folders from(Config config) {
      return new Folders(Path.of(config.getString("outbox")), Path.of(config.getString("inbox")));
    }
  }
}
