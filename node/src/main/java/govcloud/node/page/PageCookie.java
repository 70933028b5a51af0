package govcloud.node.page;

import govcloud.node.http.Token;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.Cookie;
import org.apache.pekko.http.javadsl.model.headers.HttpCookiePair;

/**
 * Lets a browser in that has come with the link. The cookie is derived from the token and is no
 * token: it opens the page and its stream on every node, and nothing else.
 */
final class PageCookie {

  private static final String NAME = "govcloud-page";

  /** With it a browser takes the cookie by HTTPS and from this host alone. */
  private static final String HOST = "__Host-";

  private static final int HOURS = 12;

  private final Token token;

  PageCookie(Token token) {
    this.token = token;
  }

  /**
   * The header that sets it.
   *
   * @param secure whether the browser has come by HTTPS, and shall send it by nothing else
   */
  String header(boolean secure) {
    return name(secure)
        + "="
        + token.derive("page")
        + "; Path=/; Max-Age="
        + HOURS * 3600
        + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }

  private static String name(boolean secure) {
    return secure ? HOST + NAME : NAME;
  }

  /** Whether the request carries it; by HTTPS only with the prefix. */
  boolean isIn(HttpRequest request, boolean secure) {
    return request
        .getHeader(Cookie.class)
        .map(
            header -> {
              for (HttpCookiePair cookie : header.getCookies()) {
                if (cookie.name().equals(name(secure)) && token.isDerived("page", cookie.value())) {
                  return true;
                }
              }
              return false;
            })
        .orElse(false);
  }
}
