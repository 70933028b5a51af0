package govcloud.journal;

/**
 * The record may be stored or may not. Only reading the entity again tells; a client repeats its
 * request with the same idempotency key.
 */
public final class OutcomeUnknownException extends JournalException {

  private static final long serialVersionUID = 1L;

  /** The code of this error. */
  public static final String CODE = "JOURNAL_OUTCOME_UNKNOWN";

  /** Says why. */
  public OutcomeUnknownException(String message) {
    super(CODE, message, null);
  }

  /** Says why, and what caused it. */
  public OutcomeUnknownException(String message, Throwable cause) {
    super(CODE, message, cause);
  }
}
