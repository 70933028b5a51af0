package govcloud.localcassandra;

/** Somebody else took the port between its choice and its use, or before. */
final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PortTakenException(String message) {
    super(message);
  }
}
