package govcloud.replication.archive;

/** What should become a segment is not the log as it must be; nothing is written. */
public final class SourceLogException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The batch at an offset is wrong. */
  public SourceLogException(int slice, long offset, String what) {
    this(slice, offset, what, null);
  }

  /** The batch at an offset is wrong, and because of that. */
  public SourceLogException(int slice, long offset, String what, Throwable cause) {
    super("slice " + slice + ", offset " + offset + ": " + what, cause);
  }
}
