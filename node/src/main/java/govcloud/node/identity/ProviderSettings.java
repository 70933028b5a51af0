package govcloud.node.identity;

import com.typesafe.config.Config;
import govcloud.node.tls.Loopback;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The identity provider that a government already has (OpenID Connect); {@code
 * govcloud.identity.provider} in the configuration.
 *
 * @param issuer its address; empty: there is none
 * @param name what its button says
 * @param clientId what it calls this cloud
 * @param clientSecretFile file with the secret that it has given to this cloud
 * @param authorityFile PEM, those whose certificates it shows; empty: those that Java knows
 * @param signature of its ID tokens; no other is taken
 * @param acr values of the claim {@code acr} that stand for two factors; they are asked for
 * @param amr values of the claim {@code amr} that stand for two factors
 * @param maxAge how long ago the person may have shown them there
 * @param timeout how long it may take to answer
 */
record ProviderSettings(
    String issuer,
    String name,
    String clientId,
    String clientSecretFile,
    String authorityFile,
    String signature,
    List<String> acr,
    List<String> amr,
    Duration maxAge,
    Duration timeout) {

  /** Nobody comes in through a provider. */
  static final ProviderSettings NONE =
      new ProviderSettings(
          "",
          "",
          "",
          "",
          "",
          "RS256",
          List.of(),
          List.of("mfa"),
          Duration.ofHours(8),
          Duration.ofSeconds(5));

  private static final String PATH = "govcloud.identity.provider";

  /** Signed by a key that the provider alone has: no HS256, and not none. */
  private static final List<String> SIGNATURES = List.of("RS256", "PS256", "ES256");

  ProviderSettings {
    acr = List.copyOf(acr);
    amr = List.copyOf(amr);
    if (!issuer.isEmpty()) {
      requireSafe(issuer);
      require(!name.isBlank(), "name", name, "what the button says, such as the provider's name");
      require(!clientId.isBlank(), "client-id", clientId, "what the provider calls this cloud");
      require(isFile(clientSecretFile), "client-secret-file", clientSecretFile, "a file");
      require(
          authorityFile.isEmpty() || isFile(authorityFile),
          "authority-file",
          authorityFile,
          "a PEM file, or empty");
      require(SIGNATURES.contains(signature), "signature", signature, "one of " + SIGNATURES);
      require(
          !acr.isEmpty() || !amr.isEmpty(),
          "amr",
          amr,
          "a value here or in acr that stands for two factors");
      require(
          maxAge.compareTo(Duration.ofMinutes(1)) >= 0 && maxAge.compareTo(Duration.ofDays(1)) <= 0,
          "max-age",
          maxAge,
          "1 min to 24 h");
      require(
          timeout.compareTo(Duration.ofMillis(100)) >= 0
              && timeout.compareTo(Duration.ofSeconds(30)) <= 0,
          "timeout",
          timeout,
          "100 ms to 30 s");
    }
  }

  private static boolean isFile(String name) {
    return !name.isEmpty() && Files.isReadable(Path.of(name));
  }

  /** Whoever could read or change what the provider says could be anybody. */
  private static void requireSafe(String issuer) {
    boolean safe;
    try {
      var uri = URI.create(issuer);
      safe =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && Loopback.is(uri.getHost()));
    } catch (IllegalArgumentException e) {
      safe = false;
    }
    require(
        safe, "issuer", issuer, "https:// and an address, or http:// on this machine, or empty");
  }

  private static void require(boolean right, String key, Object value, String expected) {
    if (!right) {
      throw new IllegalArgumentException(
          PATH + "." + key + ": " + value + " (expected: " + expected + ")");
    }
  }

  boolean isThere() {
    return !issuer.isEmpty();
  }

  static ProviderSettings from(Config identity) {
    var config = identity.getConfig("provider");
    return new ProviderSettings(
        config.getString("issuer"),
        config.getString("name"),
        config.getString("client-id"),
        config.getString("client-secret-file"),
        config.getString("authority-file"),
        config.getString("signature"),
        config.getStringList("acr"),
        config.getStringList("amr"),
        config.getDuration("max-age"),
        config.getDuration("timeout"));
  }
}
