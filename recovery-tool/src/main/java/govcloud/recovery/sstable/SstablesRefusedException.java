package govcloud.recovery.sstable;

/** Files can not be brought into this Cassandra; rows can. The message says why. */
public final class SstablesRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  SstablesRefusedException(String message) {
    super(message);
  }

  SstablesRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
