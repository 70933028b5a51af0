package govcloud.node.exchange.crossing;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Pattern;

/** The other cloud takes no more queries of this one for a moment. */
public final class TooOftenException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final String SOON = "1";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");

  private final String retryAfter;

  /**
   * It takes none.
   *
   * @param retryAfter seconds after which it may take the next one
   */
  public TooOftenException(int status, String retryAfter) {
    super("status " + status + " (expected: 200)");
    this.retryAfter = retryAfter;
  }

  /**
   * What an answer says of that. A node whose places are all taken says when there may be one; one
   * that cannot answer at all says nothing.
   */
  static Optional<TooOftenException> in(int status, HttpHeaders headers) {
    var told = headers.firstValue("Retry-After");
    return status == TOO_MANY || (status == UNAVAILABLE && told.isPresent())
        ? Optional.of(
            new TooOftenException(
                status, told.filter(seconds -> SECONDS.matcher(seconds).matches()).orElse(SOON)))
        : Optional.empty();
  }

  /** Seconds after which it may take the next one. */
  public String retryAfter() {
    return retryAfter;
  }
}
