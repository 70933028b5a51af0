package govcloud.node.cluster;

import com.typesafe.config.Config;

/**
 * Where keepers ask for this node's health; {@code govcloud.management}. There is no token: on
 * loopback everybody there may ask, elsewhere whoever shows a certificate.
 */
public record ManagementSettings(String host, int port) {

  public ManagementSettings {
    require(!host.isBlank(), "host", host, "a host name or address");
    require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
  }

  /** Reads {@code govcloud.management} from the whole configuration. */
  public static ManagementSettings from(Config root) {
    return new ManagementSettings(
        root.getString("govcloud.management.host"), root.getInt("govcloud.management.port"));
  }

  private static void require(boolean fits, String key, Object value, String expectation) {
    if (!fits) {
      throw new IllegalArgumentException(
          "govcloud.management." + key + ": " + value + " (expected: " + expectation + ")");
    }
  }
}
