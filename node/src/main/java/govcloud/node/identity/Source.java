package govcloud.node.identity;

import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** The address from which a request came; headers that anybody can write are not looked at. */
final class Source {

  private Source() {}

  static String of(HttpRequest request) {
    return request
        .getAttribute(AttributeKeys.remoteAddress)
        .flatMap(address -> address.getAddress())
        .map(address -> address.getHostAddress())
        .orElse("unknown");
  }
}
