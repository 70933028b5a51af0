package govcloud.journal;

/**
 * The journal can not be reached, or another node has the slice. When a record was given, it is
 * definitely not stored.
 */
public final class JournalUnavailableException extends JournalException {

  private static final long serialVersionUID = 1L;

  /** The code of this error. */
  public static final String CODE = "JOURNAL_UNAVAILABLE";

  /** Says why. */
  public JournalUnavailableException(String message) {
    super(CODE, message, null);
  }

  /** Says why, and what caused it. */
  public JournalUnavailableException(String message, Throwable cause) {
    super(CODE, message, cause);
  }
}
