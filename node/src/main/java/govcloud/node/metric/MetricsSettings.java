package govcloud.node.metric;

import com.typesafe.config.Config;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where figures are sent; {@code govcloud.metrics} in the configuration. That they can be fetched
 * needs no setting.
 *
 * @param otlpEndpoint of a collector, to which they are sent by OTLP over HTTP; none: nowhere
 * @param otlpInterval how often
 */
public record MetricsSettings(Optional<URI> otlpEndpoint, Duration otlpInterval) {

  private static final String PATH = "govcloud.metrics";

  /** Checks every value; messages name key, value and expectation. */
  public MetricsSettings {
    otlpEndpoint.ifPresent(
        uri ->
            require(
                uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?"),
                "otlp-endpoint",
                uri,
                "such as http://127.0.0.1:4318/v1/metrics"));
    require(otlpInterval.toMillis() >= 1, "otlp-interval", otlpInterval, ">= 1 ms");
  }

  /** Reads the settings from the root of the configuration. */
  public static MetricsSettings from(Config root) {
    Config config = root.getConfig(PATH);
    return new MetricsSettings(
        Optional.of(config.getString("otlp-endpoint"))
            .filter(text -> !text.isEmpty())
            .map(URI::create),
        config.getDuration("otlp-interval"));
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          PATH + "." + key + ": " + value + " (expected: " + expected + ")");
    }
  }
}
