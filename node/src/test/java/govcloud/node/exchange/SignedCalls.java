package govcloud.node.exchange;

import com.sun.net.httpserver.HttpExchange;
import govcloud.pki.request.ContentDigest;
import govcloud.pki.request.RequestSignature;
import java.util.List;
import java.util.Optional;

/** Whether what came to a server of a test is signed by the cloud. */
final class SignedCalls {

  private SignedCalls() {}

  /**
   * By this key, with everything that has to be signed.
   *
   * @param signer the id of the key
   */
  static boolean isBy(String signer, HttpExchange exchange, byte[] body) {
    var headers = exchange.getRequestHeaders();
    var signature =
        RequestSignature.parse(
            headers.getFirst(RequestSignature.INPUT), headers.getFirst(RequestSignature.SIGNATURE));
    return signature.keyId().equals(signer)
        && signature.components().containsAll(RequestSignature.NEEDED)
        && signature.components().containsAll(List.of("content-digest", "idempotency-key"))
        && ContentDigest.of(body).equals(headers.getFirst(RequestSignature.DIGEST))
        && signature.isBy(
            signer.substring(signer.indexOf('.') + 1), component -> value(exchange, component));
  }

  private static String value(HttpExchange exchange, String component) {
    return switch (component) {
      case "@method" -> exchange.getRequestMethod();
      case "@authority" -> exchange.getRequestHeaders().getFirst("Host");
      case "@path" -> exchange.getRequestURI().getRawPath();
      case "@query" -> "?" + Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
      default -> exchange.getRequestHeaders().getFirst(component);
    };
  }
}
