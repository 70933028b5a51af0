package govcloud.journal;

/**
 * The records that a reader wants were taken out of the slice's log, because everybody known to
 * follow it had read them. They are in the archive, and each entity's records in its chunks.
 */
public final class TrimmedLogException extends JournalException {

  private static final long serialVersionUID = 1L;

  /** The code of this error. */
  public static final String CODE = "JOURNAL_LOG_TRIMMED";

  /** Names the first offset whose records the reader misses. */
  public TrimmedLogException(int slice, long offset) {
    super(
        CODE,
        "slice "
            + slice
            + ", offset "
            + offset
            + ": trimmed, read from the archive (expected: a position after what is trimmed)",
        null);
  }
}
