package govcloud.node.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The site to which passkeys belong. A browser uses a passkey for no other one, whatever a person
 * believes to see.
 *
 * @param host name of the site (the RP ID of WebAuthn)
 * @param origin scheme, host and port under which the site is seen; none: this machine, at any port
 */
record PasskeySite(String host, Optional<String> origin) {

  private static final Set<String> HERE = Set.of("https://localhost", "http://localhost");

  /** Of HTTPS; browsers leave it out. */
  private static final int USUAL_PORT = 443;

  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

  /**
   * Reads a public address such as {@code https://cloud.example.gov.cn}; empty: this machine.
   *
   * @throws IllegalArgumentException for anything else
   */
  static PasskeySite of(String address) {
    if (address.isEmpty()) {
      return new PasskeySite("localhost", Optional.empty());
    }
    try {
      var uri = new URI(address);
      if ("https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getHost().matches("[a-z0-9.-]*[a-z][a-z0-9-]*")
          && uri.getUserInfo() == null
          && uri.getPort() != USUAL_PORT
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return new PasskeySite(uri.getHost(), Optional.of(address));
      }
    } catch (URISyntaxException e) {
      // told below, like everything else that is no such address
    }
    throw new IllegalArgumentException(address);
  }

  Set<String> origins() {
    return origin.map(Set::of).orElse(HERE);
  }

  boolean isAtAnyPort() {
    return origin.isEmpty();
  }

  /** Whether a browser that names this origin was at this site. */
  boolean isOrigin(String given) {
    return given != null
        && origins().contains(isAtAnyPort() ? PORT.matcher(given).replaceFirst("") : given);
  }
}
