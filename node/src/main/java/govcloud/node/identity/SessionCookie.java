package govcloud.node.identity;

import govcloud.domain.identity.Session;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.Cookie;
import org.apache.pekko.http.javadsl.model.headers.HttpCookiePair;

/** The session's token in a browser. The name's prefix binds it to this host and to a safe line. */
final class SessionCookie {

  static final String NAME = "__Host-govcloud-session";

  private static final String WHERE = "; Path=/; Secure; HttpOnly; SameSite=Strict";

  private SessionCookie() {}

  /** The header that sets it. */
  static String header(String token) {
    return NAME + "=" + token + WHERE + "; Max-Age=" + Session.ABSOLUTE_LIMIT.toSeconds();
  }

  /** The header that takes it away. */
  static String gone() {
    return NAME + "=" + WHERE + "; Max-Age=0";
  }

  /** The token that a request carries. */
  static Optional<String> of(HttpRequest request) {
    return value(request, NAME);
  }

  /** The value of a cookie that a request carries. */
  static Optional<String> value(HttpRequest request, String name) {
    var header = request.getHeader(Cookie.class);
    if (header.isPresent()) {
      for (HttpCookiePair cookie : header.get().getCookies()) {
        if (cookie.name().equals(name) && !cookie.value().isEmpty()) {
          return Optional.of(cookie.value());
        }
      }
    }
    return Optional.empty();
  }
}
