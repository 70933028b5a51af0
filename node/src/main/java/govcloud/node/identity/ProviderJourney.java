package govcloud.node.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Somebody on the way to an identity provider and back. The browser carries it in a cookie, so any
 * node may be the one to which it comes back; nobody but this browser can bring the journey to its
 * end.
 *
 * @param account for which somebody wants in
 * @param codeHash of the one-time code of a first visit; empty: a sign-in
 * @param state what the provider has to bring back (RFC 6749, section 10.12)
 * @param nonce what stands in the ID token (OpenID Connect Core 1.0, section 3.1.2.1)
 * @param verifier whose hash the provider has been told (RFC 7636)
 * @param language of the pages
 */
record ProviderJourney(
    String account, String codeHash, String state, String nonce, String verifier, String language) {

  /** How long somebody may take. */
  static final Duration LIFE = Duration.ofMinutes(10);

  private static final String NAME = "__Host-govcloud-provider";

  /** Strict would leave it behind when the provider leads the browser back. */
  private static final String WHERE = "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=";

  private static final int PARTS = 6;

  /** A journey that begins. */
  static ProviderJourney begin(String account, String codeHash, Chance chance, String language) {
    return new ProviderJourney(
        account, codeHash, chance.challenge(), chance.challenge(), chance.challenge(), language);
  }

  /** The header that lets the browser carry it. */
  String header() {
    var parts = String.join("\n", account, codeHash, state, nonce, verifier, language);
    return NAME
        + "="
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(parts.getBytes(StandardCharsets.UTF_8))
        + WHERE
        + LIFE.toSeconds();
  }

  /** The header that takes it away. */
  static String gone() {
    return NAME + "=" + WHERE + "0";
  }

  /** The journey that a browser carries. */
  static Optional<ProviderJourney> of(HttpRequest request) {
    return SessionCookie.value(request, NAME).flatMap(ProviderJourney::read);
  }

  private static Optional<ProviderJourney> read(String text) {
    try {
      var parts =
          Arrays.asList(
              new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)
                  .split("\n", -1));
      return parts.size() == PARTS && parts.get(0).matches(Form.IDENTIFIER)
          ? Optional.of(
              new ProviderJourney(
                  parts.get(0),
                  parts.get(1),
                  parts.get(2),
                  parts.get(3),
                  parts.get(4),
                  parts.get(5)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether this state is the one of this journey. */
  boolean isOf(String given) {
    return MessageDigest.isEqual(
        state.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  boolean isFirstVisit() {
    return !codeHash.isEmpty();
  }
}
