package govcloud.localcassandra;

/** Cassandra did not start or did not stop; the message is one sentence that says what to do. */
public final class LocalCassandraException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LocalCassandraException(String message) {
    super(message);
  }

  public LocalCassandraException(String message, Throwable cause) {
    super(message, cause);
  }
}
