package govcloud.node.exchange;

import com.typesafe.config.Config;
import govcloud.pki.PkiException;
import govcloud.pki.TlsContexts;
import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * How services of departments are asked; {@code govcloud.exchange.providers} in the configuration.
 *
 * @param authorities file of those whom the cloud trusts there; none: those that Java trusts
 * @param hosts that may be asked, by their name or {@code name:port}
 * @param privateHosts those of them that may be in a private network
 * @param timeout for all of one query
 * @param atOnce queries on their way to one service
 * @param failures one after the other, after which a service is left alone
 * @param rest for so long
 * @param largestAnswer bytes
 */
public record ProviderSettings(
    Optional<Path> authorities,
    List<String> hosts,
    List<String> privateHosts,
    Duration timeout,
    int atOnce,
    int failures,
    Duration rest,
    int largestAnswer) {

  private static final int HTTPS = 443;
  private static final long MOST_BYTES = 64L << 20;

  public ProviderSettings {
    hosts = List.copyOf(hosts);
    privateHosts = List.copyOf(privateHosts);
    ExchangeSettings.atLeast("providers.timeout", timeout, Duration.ofMillis(10));
    ExchangeSettings.atLeast("providers.rest", rest, Duration.ofMillis(10));
    positive("providers.at-once", atOnce);
    positive("providers.failures", failures);
    positive("providers.largest-answer", largestAnswer);
  }

  private static void positive(String key, int value) {
    if (value < 1) {
      throw ExchangeSettings.wrong(key, value, ">= 1");
    }
  }

  static ProviderSettings from(Config config) {
    long largest = config.getBytes("largest-answer");
    if (largest > MOST_BYTES) {
      throw ExchangeSettings.wrong("providers.largest-answer", largest, "<= " + MOST_BYTES);
    }
    return new ProviderSettings(
        ExchangeSettings.path(config.getString("authorities")),
        config.getStringList("hosts"),
        config.getStringList("private-hosts"),
        config.getDuration("timeout"),
        config.getInt("at-once"),
        config.getInt("failures"),
        config.getDuration("rest"),
        (int) largest);
  }

  /** Why a service may not be asked, as far as its address tells; none: it may. */
  public Optional<String> fault(String address) {
    var uri = URI.create(address);
    var port = uri.getPort() < 0 ? HTTPS : uri.getPort();
    var allowed =
        hosts.contains(uri.getHost() + ":" + port)
            || (port == HTTPS && hosts.contains(uri.getHost()));
    return allowed
        ? Optional.empty()
        : Optional.of(
            "host %s, port %d (expected: one of govcloud.exchange.providers.hosts)"
                .formatted(uri.getHost(), port));
  }

  /**
   * Makes lines.
   *
   * @throws IllegalArgumentException when the authorities cannot be read, beginning with the
   *     setting's name
   */
  SSLSocketFactory tls() {
    try {
      return authorities.isPresent()
          ? TlsContexts.client(authorities.get()).getSocketFactory()
          : SSLContext.getDefault().getSocketFactory();
    } catch (PkiException | NoSuchAlgorithmException e) {
      throw ExchangeSettings.wrong(
          "providers.authorities", e.getMessage(), "a file of certificates");
    }
  }
}
