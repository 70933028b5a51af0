package govcloud.node.http;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Headers that every answer carries unless its endpoint has set its own. */
final class SecurityHeaders {

  private static final List<HttpHeader> USUAL =
      List.of(
          RawHeader.create("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("Cache-Control", "no-store"),
          // not no-referrer: with that, browsers send "Origin: null" with our own forms
          RawHeader.create("Referrer-Policy", "same-origin"),
          RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"));

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
    var headers = new ArrayList<HttpHeader>();
    headers.add(RawHeader.create("traceparent", trace.header()));
    USUAL.stream()
        .filter(header -> response.getHeader(header.name()).isEmpty())
        .forEach(headers::add);
    return response.addHeaders(headers);
  }
}
