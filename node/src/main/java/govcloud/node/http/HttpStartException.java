package govcloud.node.http;

/** Why the node does not listen: one sentence that names setting, value and expectation. */
public final class HttpStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HttpStartException(String message) {
    super(message);
  }

  HttpStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
