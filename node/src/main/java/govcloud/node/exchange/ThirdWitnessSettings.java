package govcloud.node.exchange;

import com.typesafe.config.Config;
import govcloud.ledger.note.VerifierKey;
import govcloud.pki.PkiException;
import govcloud.pki.TlsContexts;
import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A witness beside the sibling, such as an audit office's; {@code govcloud.exchange.witness.third}
 * in the configuration.
 *
 * @param address where it answers (C2SP tlog-witness); none: there is none
 * @param key its public key, name+id+base64
 * @param authorities file of those whom it is trusted by; none: those that Java trusts
 * @param required whether a state counts as cosigned with its cosignature alone
 * @param timeout for one answer
 */
record ThirdWitnessSettings(
    Optional<URI> address,
    Optional<String> key,
    Optional<Path> authorities,
    boolean required,
    Duration timeout) {

  /** There is none. */
  static final ThirdWitnessSettings NONE =
      new ThirdWitnessSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), false, Duration.ofSeconds(5));

  private static final String ADDRESS = "witness.third.address";
  private static final String KEY = "witness.third.key";

  ThirdWitnessSettings {
    if (address.isPresent() != key.isPresent()) {
      throw ExchangeSettings.wrong(address.isPresent() ? KEY : ADDRESS, "none", "both or neither");
    }
    if (required && key.isEmpty()) {
      throw ExchangeSettings.wrong("witness.third.required", true, "a witness, or false");
    }
    key.ifPresent(ThirdWitnessSettings::verifierKey);
    ExchangeSettings.atLeast("witness.third.timeout", timeout, Duration.ofMillis(10));
  }

  static ThirdWitnessSettings from(Config config) {
    return new ThirdWitnessSettings(
        Optional.of(config.getString("address"))
            .filter(text -> !text.isEmpty())
            .map(ThirdWitnessSettings::address),
        Optional.of(config.getString("key")).filter(text -> !text.isEmpty()),
        ExchangeSettings.path(config.getString("authorities")),
        config.getBoolean("required"),
        config.getDuration("timeout"));
  }

  private static URI address(String text) {
    if (!text.matches("https?://[^/?#@\\s]+(/[^?#@\\s]*)?")) {
      throw ExchangeSettings.wrong(ADDRESS, text, "https:// or http://, a host, and maybe a path");
    }
    try {
      return URI.create(text.endsWith("/") ? text : text + "/");
    } catch (IllegalArgumentException e) {
      throw ExchangeSettings.wrong(ADDRESS, text, "an address");
    }
  }

  private static VerifierKey verifierKey(String text) {
    VerifierKey key;
    try {
      key = VerifierKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw ExchangeSettings.wrong(KEY, e.getMessage(), "a witness's key, name+id+base64");
    }
    if (key.type() != VerifierKey.COSIGNATURE) {
      throw ExchangeSettings.wrong(KEY, "type " + key.type(), "a witness's key, of type 4");
    }
    return key;
  }

  /** Its key, if there is one. */
  Optional<VerifierKey> verifier() {
    return key.map(ThirdWitnessSettings::verifierKey);
  }

  /**
   * How lines to it are made.
   *
   * @throws IllegalArgumentException when the authorities cannot be read, beginning with the
   *     setting's name
   */
  SSLContext tls() {
    try {
      return authorities.isPresent()
          ? TlsContexts.client(authorities.get())
          : SSLContext.getDefault();
    } catch (PkiException | NoSuchAlgorithmException e) {
      throw ExchangeSettings.wrong(
          "witness.third.authorities", e.getMessage(), "a file of certificates");
    }
  }
}
