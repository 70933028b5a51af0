package govcloud.node.http;

import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Headers that every answer carries unless its endpoint has set its own. */
final class SecurityHeaders {

  private static final Map<String, String> USUAL =
      Map.of(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "Cache-Control", "no-store",
          // not no-referrer: with that, browsers send "Origin: null" with our own forms
          "Referrer-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin");

  private SecurityHeaders() {}

  /**
   * Tells browsers for how long they shall ask this host, and those below it, by HTTPS alone; zero:
   * tells nothing.
   */
  static HttpResponse hsts(HttpResponse response, long seconds) {
    return seconds == 0
        ? response
        : response.addHeader(
            RawHeader.create(
                "Strict-Transport-Security", "max-age=" + seconds + "; includeSubDomains"));
  }

  static HttpResponse on(HttpResponse response, TraceContext trace) {
    var safe = response.addHeader(RawHeader.create("traceparent", trace.header()));
    for (var header : USUAL.entrySet()) {
      if (safe.getHeader(header.getKey()).isEmpty()) {
        safe = safe.addHeader(RawHeader.create(header.getKey(), header.getValue()));
      }
    }
    return safe;
  }
}
