package govcloud.journal;

/**
 * The record is definitely not stored and never will be: it does not follow its entity's last
 * record, or is not of the form that the journal takes. The entity has to be read again.
 */
public final class RecordRejectedException extends JournalException {

  private static final long serialVersionUID = 1L;

  /** The code of this error. */
  public static final String CODE = "JOURNAL_RECORD_REJECTED";

  /** Says why. */
  public RecordRejectedException(String message) {
    super(CODE, message, null);
  }

  /** Says why, and what caused it. */
  public RecordRejectedException(String message, Throwable cause) {
    super(CODE, message, cause);
  }
}
