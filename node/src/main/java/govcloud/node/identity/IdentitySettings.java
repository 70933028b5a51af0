package govcloud.node.identity;

import com.typesafe.config.Config;
import govcloud.node.tls.Loopback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who is let in; {@code govcloud.identity} in the configuration.
 *
 * @param mode whether accounts decide, or a header that anybody can write
 * @param passwordThreads passwords that are checked at the same time; each takes 19 MiB
 * @param passwordQueue passwords that wait to be checked; more are refused at once
 * @param passwordProfile the standard that new passwords keep
 * @param passwordWords which are in no new password
 * @param breachedPasswords file of the hashes of passwords known from breaches; empty: none
 * @param gateways addresses behind which many people are, which are never closed
 * @param publicAddress under which browsers see the cloud; empty: this machine alone
 * @param provider an identity provider through which people of departments and citizens come in
 */
public record IdentitySettings(
    Mode mode,
    int passwordThreads,
    int passwordQueue,
    PasswordProfile passwordProfile,
    List<String> passwordWords,
    String breachedPasswords,
    List<String> gateways,
    String publicAddress,
    ProviderSettings provider) {

  private static final String PATH = "govcloud.identity";

  /** Who says who acts. */
  public enum Mode {
    /** The account whose session or key the request carries. */
    ACCOUNTS("accounts"),
    /** The request itself, to whoever has the token; for tests on this machine. */
    HEADER_FOR_TESTS("header-for-tests");

    private final String label;

    Mode(String label) {
      this.label = label;
    }

    private static Mode read(String label) {
      for (var mode : values()) {
        if (mode.label.equals(label)) {
          return mode;
        }
      }
      throw wrong("mode", label, "accounts or header-for-tests");
    }
  }

  public IdentitySettings {
    passwordWords = List.copyOf(passwordWords);
    gateways = List.copyOf(gateways);
    try {
      Gateways.of(gateways);
    } catch (IllegalArgumentException e) {
      throw wrong("gateways", e.getMessage(), "addresses such as 192.0.2.1, and no names");
    }
    if (!breachedPasswords.isEmpty() && !Files.isReadable(Path.of(breachedPasswords))) {
      throw wrong("breached-passwords", breachedPasswords, "a file that can be read, or empty");
    }
    if (passwordThreads < 1 || passwordThreads > 64) {
      throw wrong("password-threads", passwordThreads, "1 to 64");
    }
    if (passwordQueue < 1 || passwordQueue > 1_000) {
      throw wrong("password-queue", passwordQueue, "1 to 1000");
    }
    try {
      PasskeySite.of(publicAddress);
    } catch (IllegalArgumentException e) {
      throw wrong(
          "public-address", publicAddress, "https:// and a host name, such as https://example.org");
    }
    if (provider.isThere() && publicAddress.isEmpty()) {
      throw wrong(
          "public-address", "none", "the address to which the identity provider leads people back");
    }
  }

  private static PasswordProfile profile(String label) {
    try {
      return PasswordProfile.read(label);
    } catch (IllegalArgumentException e) {
      throw wrong("password-profile", label, "asvs or mlps3");
    }
  }

  /** The rules of passwords in a cloud of this name. */
  PasswordRules passwords(String cloud) {
    var file = Optional.of(breachedPasswords).filter(name -> !name.isEmpty()).map(Path::of);
    return new PasswordRules(passwordProfile, cloud, passwordWords, new PasswordLists(file));
  }

  /** The gateways, as they are compared. */
  Gateways knownGateways() {
    return Gateways.of(gateways);
  }

  /** The site to which passkeys belong. */
  PasskeySite site() {
    return PasskeySite.of(publicAddress);
  }

  /** Reads {@code govcloud.identity}; a node that others can reach has accounts. */
  public static IdentitySettings from(Config root) {
    var config = root.getConfig(PATH);
    var mode = Mode.read(config.getString("mode"));
    var host = root.getString("govcloud.http.host");
    if (mode == Mode.HEADER_FOR_TESTS && !Loopback.is(host)) {
      throw wrong("mode", mode.label + " on " + host, "accounts, or a loopback address");
    }
    return new IdentitySettings(
        mode,
        config.getInt("password-threads"),
        config.getInt("password-queue"),
        profile(config.getString("password-profile")),
        config.getStringList("password-words"),
        config.getString("breached-passwords"),
        config.getStringList("gateways"),
        config.getString("public-address"),
        ProviderSettings.from(config));
  }

  private static IllegalArgumentException wrong(String key, Object value, String expected) {
    return new IllegalArgumentException(
        PATH + "." + key + ": " + value + " (expected: " + expected + ")");
  }
}
