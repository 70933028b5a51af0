package govcloud.node.exchange;

/** A provider does not answer a query that waits until it does: nothing is recorded yet. */
final class ProviderAwayException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ProviderAwayException(String provider) {
    super("provider: " + provider + " does not answer (expected: later)", null, false, false);
  }
}
