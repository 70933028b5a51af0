package govcloud.node.exchange;

/** A service is not asked now: too many queries are on their way, or it failed too often. */
final class ProviderPausedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long retryAfter;

  ProviderPausedException(String why, long retryAfter) {
    super(why, null, false, false);
    this.retryAfter = retryAfter;
  }

  /** Seconds after which it may be asked again, at least one. */
  String retryAfter() {
    return Long.toString(Math.max(1, retryAfter));
  }
}
