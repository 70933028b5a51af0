package govcloud.journal;

/**
 * Why the journal did not do what was asked. The subclass says what a caller may conclude; the code
 * is stable and listed in docs/error-codes.md.
 */
public abstract sealed class JournalException extends RuntimeException
    permits RecordRejectedException,
        OutcomeUnknownException,
        DamagedEntityException,
        DamagedLogException,
        TrimmedLogException,
        ClockPassedException,
        JournalUnavailableException {

  private static final long serialVersionUID = 1L;

  private final String code;

  JournalException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** A stable code such as {@code JOURNAL_OUTCOME_UNKNOWN}. */
  public String code() {
    return code;
  }
}
