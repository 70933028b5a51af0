package govcloud.journal;

/**
 * A slice's log does not hang together: a batch is unreadable, or does not name the batch before
 * it. None of the slice's entities is served until an operator has looked.
 */
public final class DamagedLogException extends JournalException {

  private static final long serialVersionUID = 1L;

  /** The code of this error. */
  public static final String CODE = "JOURNAL_LOG_DAMAGED";

  /** Says why. */
  public DamagedLogException(String message) {
    super(CODE, message, null);
  }

  /** Says why, and what caused it. */
  public DamagedLogException(String message, Throwable cause) {
    super(CODE, message, cause);
  }
}
