package govcloud.journal;

/** A clock can not be closed: the log has records above it, or it is closed already. */
public final class ClockPassedException extends JournalException {

  private static final long serialVersionUID = 1L;

  /** The code of this error. */
  public static final String CODE = "JOURNAL_CLOCK_PASSED";

  private final long passed;

  /**
   * Says what was asked and what is there.
   *
   * @param clock that was to be closed
   * @param passed the highest clock in the log; a clock above it can be closed
   */
  public ClockPassedException(int slice, long clock, long passed) {
    super(
        CODE,
        "slice " + slice + ", hybrid clock: " + clock + " (expected: > " + passed + ")",
        null);
    this.passed = passed;
  }

  /** The highest clock in the log. */
  public long passed() {
    return passed;
  }
}
