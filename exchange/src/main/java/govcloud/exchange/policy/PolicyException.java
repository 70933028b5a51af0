package govcloud.exchange.policy;

/** Why a text is no policy; the message begins with its place where it has one. */
public final class PolicyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  PolicyException(int line, int column, String message) {
    super(line > 0 ? "at " + line + ":" + column + ": " + message : message);
    this.line = line;
    this.column = column;
  }

  PolicyException(String message) {
    this(0, 0, message);
  }

  /** The line, from 1; 0: it is about the whole. */
  public int line() {
    return line;
  }

  /** The column, from 1; 0: it is about the whole. */
  public int column() {
    return column;
  }
}
