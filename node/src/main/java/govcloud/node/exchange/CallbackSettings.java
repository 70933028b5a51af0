package govcloud.node.exchange;

import com.typesafe.config.Config;
import govcloud.pki.PkiException;
import govcloud.pki.TlsContexts;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * How departments are called back; {@code govcloud.exchange.callbacks} in the configuration.
 *
 * @param authorities file of those whom callbacks trust; none: those that Java trusts
 * @param privateHosts hosts that may be in a private network
 * @param timeout for all of one call
 */
public record CallbackSettings(
    Optional<Path> authorities, List<String> privateHosts, Duration timeout) {

  public CallbackSettings {
    privateHosts = List.copyOf(privateHosts);
    ExchangeSettings.atLeast("callbacks.timeout", timeout, Duration.ofMillis(10));
  }

  static CallbackSettings from(Config config) {
    return new CallbackSettings(
        ExchangeSettings.path(config.getString("authorities")),
        config.getStringList("private-hosts"),
        config.getDuration("timeout"));
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
          : javax.net.ssl.SSLContext.getDefault().getSocketFactory();
    } catch (PkiException | NoSuchAlgorithmException e) {
      throw ExchangeSettings.wrong(
          "callbacks.authorities", e.getMessage(), "a file of certificates");
    }
  }
}
