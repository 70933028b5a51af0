package govcloud.node.identity;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Keeps other sites from using a browser's cookie. A change needs a second word that only our own
 * pages know, and must not come from elsewhere where the browser says from where it comes.
 */
final class Csrf {

  /** The header that carries the word. */
  static final String HEADER = "X-CSRF-Token";

  private static final List<String> HARMLESS = List.of("GET", "HEAD");

  private Csrf() {}

  /** The word of a session; nobody finds the token from it. */
  static String word(String token) {
    return Chance.hash("csrf " + token);
  }

  /** Checks a request that carries the cookie {@code token}; fails with a problem. */
  static void check(HttpRequest request, String token) {
    if (!HARMLESS.contains(request.method().name())) {
      check(request, token, header(request, HEADER));
    }
  }

  /** Checks a request that carries the cookie {@code token} and says {@code word}. */
  static void check(HttpRequest request, String token, String word) {
    checkOrigin(request);
    var right = word(token).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(right, word.getBytes(StandardCharsets.UTF_8))) {
      throw Problem.of(
              BorderCode.CSRF_TOKEN_WRONG,
              HEADER + ": absent or wrong (expected: that of the session)")
          .asException();
    }
  }

  /**
   * Checks that a browser does not send it for another site; fails with a problem. The host that
   * the request names is one of ours: the border has let nothing through that is for another one.
   */
  static void checkOrigin(HttpRequest request) {
    var site = header(request, "Sec-Fetch-Site");
    var origin = header(request, "Origin");
    var here = header(request, "Host");
    var foreign =
        !(site.isEmpty() || site.equals("same-origin") || site.equals("none"))
            || !(origin.isEmpty() || origin.replaceFirst("^https?://", "").equals(here));
    if (foreign) {
      throw Problem.of(
              BorderCode.CSRF_TOKEN_WRONG,
              "Origin: " + shown(origin) + " (expected: this site itself)")
          .asException();
    }
  }

  private static String shown(String text) {
    var printable = text.replaceAll("[^ -~]", "?");
    return printable.length() <= 80 ? printable : printable.substring(0, 80) + "...";
  }

  private static String header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value).orElse("");
  }
}
