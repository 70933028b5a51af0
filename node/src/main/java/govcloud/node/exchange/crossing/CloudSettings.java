package govcloud.node.exchange.crossing;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The other clouds; {@code govcloud.exchange.clouds} in the configuration.
 *
 * @param known the clouds with which data are exchanged; none: with no other cloud
 * @param host interface on which their queries are taken in
 * @param port 0: a free one
 * @param agreementsFolder where agreements of other clouds' departments lie; empty: there are none
 * @param clockBound how far a message's time may be from this node's
 * @param queriesPerSecond how often each of them may ask each node, for a while
 * @param bundles how bundles are exchanged with those that are reached through gateways
 */
public record CloudSettings(
    List<Known> known,
    String host,
    int port,
    Optional<Path> agreementsFolder,
    Duration clockBound,
    int queriesPerSecond,
    BundleSettings bundles) {

  private static final String PATH = "govcloud.exchange.clouds";
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /**
   * One of them.
   *
   * @param cloud its name, as on its card
   * @param addresses {@code host:port} of its nodes; none: it is not asked, it only asks
   * @param folders between which gateways carry files; none: it is reached at its addresses
   * @param departments its departments, and the departments of this cloud that stand for them
   */
  public record Known(
      String cloud,
      List<String> addresses,
      Optional<BundleSettings.Folders> folders,
      Map<String, String> departments) {
    public Known {
      if (folders.isPresent() && !addresses.isEmpty()) {
        throw wrong("known", cloud + ": addresses and folders", "one of the two");
      }
      addresses = List.copyOf(addresses);
      departments = Map.copyOf(departments);
    }
  }

  public CloudSettings {
    known = List.copyOf(known);
    if (clockBound.compareTo(SHORTEST) < 0 || clockBound.compareTo(LONGEST) > 0) {
      throw wrong("clock-bound", clockBound, "1 s to 5 min");
    }
    if (queriesPerSecond < 1) {
      throw wrong("queries-per-second", queriesPerSecond, ">= 1");
    }
    var names = new HashSet<String>();
    var guests = new HashSet<String>();
    for (var one : known) {
      if (!names.add(one.cloud())) {
        throw wrong("known", one.cloud() + " twice", "each cloud once");
      }
      for (var guest : one.departments().values()) {
        if (!guests.add(guest)) {
          throw wrong("known", guest + " twice", "one department for each of another cloud");
        }
      }
    }
  }

  /** Reads {@code govcloud.exchange.clouds}. */
  public static CloudSettings from(Config config) {
    return new CloudSettings(
        config.getConfigList("known").stream().map(CloudSettings::one).toList(),
        config.getString("host"),
        config.getInt("port"),
        Optional.of(config.getString("agreements-folder"))
            .filter(text -> !text.isEmpty())
            .map(Path::of),
        config.getDuration("clock-bound"),
        config.getInt("queries-per-second"),
        BundleSettings.from(config.getConfig("bundles")));
  }

  private static Known one(Config config) {
    var departments = new TreeMap<String, String>();
    if (config.hasPath("departments")) {
      config
          .getObject("departments")
          .unwrapped()
          .forEach((theirs, ours) -> departments.put(theirs, String.valueOf(ours)));
    }
    return new Known(
        config.getString("cloud"),
        config.hasPath("addresses") ? config.getStringList("addresses") : List.of(),
        config.hasPath("folders")
            ? Optional.of(BundleSettings.Folders.from(config.getConfig("folders")))
            : Optional.empty(),
        departments);
  }

  static IllegalArgumentException wrong(String key, Object value, String expected) {
    return new IllegalArgumentException(
        PATH + "." + key + ": " + value + " (expected: " + expected + ")");
  }
}
