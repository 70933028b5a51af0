package govcloud.node.cluster;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How this node finds the others and how it leaves; {@code govcloud.cluster}.
 *
 * @param join how nodes find each other
 * @param host address of this node for the others
 * @param port for the others
 * @param seedNodes host:port of nodes to ask, in the same order everywhere
 * @param initialNodes how many nodes form a new cluster by bootstrap
 * @param joinTimeout a node that is no member after this long ends
 * @param watchInterval how often the allocation of slices is looked at
 * @param factsTimeout how long a question between nodes may take
 * @param unallocatedAlarm a slice without host for this long is an alarm
 * @param wakeInterval readers elsewhere hear of new records at most this often
 * @param drainPause how long clients are told to go elsewhere before the listener ends
 */
public record ClusterSettings(
    Join join,
    String host,
    int port,
    List<String> seedNodes,
    int initialNodes,
    Duration joinTimeout,
    Duration watchInterval,
    Duration factsTimeout,
    Duration unallocatedAlarm,
    Duration wakeInterval,
    Duration drainPause) {

  private static final String PATH = "govcloud.cluster.";
  private static final Pattern ADDRESS = Pattern.compile("(.+):([0-9]{1,5})");

  /** How nodes find each other. */
  public enum Join {
    /** By a list of seed nodes. */
    LOCAL,
    /** By bootstrap with {@code pekko.discovery.config}. */
    CONFIG,
    /** By bootstrap with the Kubernetes API. */
    KUBERNETES;

    static Join of(String word) {
      for (var join : values()) {
        if (join.name().toLowerCase(Locale.ROOT).equals(word)) {
          return join;
        }
      }
      throw new IllegalArgumentException(
          PATH + "join: " + word + " (expected: local, config or kubernetes)");
    }
  }

  public ClusterSettings {
    seedNodes = List.copyOf(seedNodes);
    require(!host.isBlank(), "host", host, "a host name or address");
    require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
    for (var seed : seedNodes) {
      require(ADDRESS.matcher(seed).matches(), "seed-nodes", seed, "host:port");
    }
    require(initialNodes >= 1, "initial-nodes", initialNodes, ">= 1");
    requirePositive("join-timeout", joinTimeout);
    requirePositive("watch-interval", watchInterval);
    requirePositive("facts-timeout", factsTimeout);
    requirePositive("unallocated-alarm", unallocatedAlarm);
    requirePositive("wake-interval", wakeInterval);
    var pauseFits = !drainPause.isNegative() && drainPause.compareTo(Duration.ofSeconds(15)) <= 0;
    require(pauseFits, "drain-pause", drainPause, "PT0S to PT15S");
  }

  /** Reads {@code govcloud.cluster} from the whole configuration. */
  public static ClusterSettings from(Config root) {
    var config = root.getConfig("govcloud.cluster");
    return new ClusterSettings(
        Join.of(config.getString("join")),
        config.getString("host"),
        config.getInt("port"),
        config.getStringList("seed-nodes"),
        config.getInt("initial-nodes"),
        config.getDuration("join-timeout"),
        config.getDuration("watch-interval"),
        config.getDuration("facts-timeout"),
        config.getDuration("unallocated-alarm"),
        config.getDuration("wake-interval"),
        config.getDuration("drain-pause"));
  }

  private static void requirePositive(String key, Duration value) {
    require(!value.isNegative() && !value.isZero(), key, value, "> PT0S");
  }

  private static void require(boolean fits, String key, Object value, String expectation) {
    if (!fits) {
      throw new IllegalArgumentException(
          PATH + key + ": " + value + " (expected: " + expectation + ")");
    }
  }
}
