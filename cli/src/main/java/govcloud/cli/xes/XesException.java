package govcloud.cli.xes;

/** A log that cannot be read, with the place where reading stopped. */
public final class XesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong; codes are never reused. */
  public enum Code {
    /** The input is not well-formed XML. */
    XES_NOT_XML,
    /** The input ends before the log does. */
    XES_TRUNCATED,
    /** The gzip data is damaged. */
    XES_BAD_GZIP,
    /** The document is XML but not a log. */
    XES_WRONG_ROOT,
    /** The document declares a document type, which could expand or fetch without bound. */
    XES_DOCTYPE,
    /** Attributes are nested too deep. */
    XES_TOO_DEEP,
    /** A single piece of the log is larger than what is read into memory. */
    XES_TOO_LARGE,
    /** An attribute lacks its key or its value. */
    XES_MISSING,
    /** A value does not fit its type. */
    XES_BAD_VALUE
  }

  private final Code code;
  private final int line;
  private final int column;

  /** Line and column count from 1; 0 means unknown. */
  public XesException(Code code, int line, int column, String message) {
    super(line > 0 ? "line " + line + ":" + column + ": " + message : message);
    this.code = code;
    this.line = line;
    this.column = column;
  }

  /** What is wrong. */
  public Code code() {
    return code;
  }

  /** Line from 1, or 0 when unknown. */
  public int line() {
    return line;
  }

  /** Column from 1, or 0 when unknown. */
  public int column() {
    return column;
  }
}
