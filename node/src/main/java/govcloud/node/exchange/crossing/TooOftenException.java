package govcloud.node.exchange.crossing;

import java.io.IOException;

/** The other cloud takes no more queries of this one for a moment. */
public final class TooOftenException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String retryAfter;

  TooOftenException(String retryAfter) {
    super("status 429 (expected: 200)");
    this.retryAfter = retryAfter;
  }

  /** Seconds after which it may take the next one. */
  public String retryAfter() {
    return retryAfter;
  }
}
