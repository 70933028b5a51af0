package govcloud.node.http;

import java.util.ArrayList;
import java.util.Locale;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawRequestURI;

/** What a request says in the places that its signature covers (RFC 9421, section 2). */
public final class SignedValues {

  private static final String USUAL_PORT = ":443";

  private final HttpRequest request;
  private final String path;
  private final String query;

  /**
   * The values of a request.
   *
   * @throws IllegalArgumentException when the server did not keep the address as it came
   */
  public SignedValues(HttpRequest request) {
    this.request = request;
    var target =
        request
            .getHeader(RawRequestURI.class)
            .map(RawRequestURI::uri)
            .orElseThrow(
                () -> new IllegalStateException("pekko.http.server.raw-request-uri-header: off"));
    int mark = target.indexOf('?');
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? "?" : target.substring(mark);
  }

  /** Value of a component; fails where the request has none. */
  public String of(String component) {
    return switch (component) {
      case "@method" -> request.method().name();
      case "@authority" -> authority();
      case "@path" -> path;
      case "@query" -> query;
      case "content-type" -> request.entity().getContentType().toString();
      default -> header(component);
    };
  }

  private String authority() {
    var host = header("host").toLowerCase(Locale.ROOT);
    return host.endsWith(USUAL_PORT)
        ? host.substring(0, host.length() - USUAL_PORT.length())
        : host;
  }

  /**
   * The header, in one line where it came in several.
   *
   * @throws IllegalArgumentException when there is none
   */
  public String header(String name) {
    var all = new ArrayList<String>();
    for (HttpHeader header : request.getHeaders()) {
      if (header.is(name.toLowerCase(Locale.ROOT))) {
        all.add(header.value().strip());
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(name + ": absent (expected: signed and there)");
    }
    return String.join(", ", all);
  }
}
