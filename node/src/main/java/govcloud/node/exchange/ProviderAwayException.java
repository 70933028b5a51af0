package govcloud.node.exchange;

/** A provider does not answer a query that waits until it does: nothing is recorded yet. */
final class ProviderAwayException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ProviderAwayException(String provider, String why) {
    super(
        "provider: " + provider + " does not answer: " + why + " (expected: later)",
        null,
        false,
        false);
  }
}
