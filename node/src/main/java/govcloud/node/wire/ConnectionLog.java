package govcloud.node.wire;

import org.apache.pekko.event.LoggingAdapter;

/**
 * What the parser of one connection logs to. It writes what the log of all takes, and knows of
 * which connection it is, which the parser does not tell whoever answers for it.
 */
public final class ConnectionLog implements LoggingAdapter {

  private final LoggingAdapter log;
  private final String source;
  private final Unreadable unreadable;
  private volatile HeadFault fault;

  /** Is told of what was no request. */
  @FunctionalInterface
  public interface Unreadable {
    /**
     * Something came that could not be read.
     *
     * @param source the address from which it came
     * @param code as the answer has it
     * @param what in words; may hold what the sender wrote
     */
    void came(String source, String code, String what);
  }

  ConnectionLog(LoggingAdapter log, String source, Unreadable unreadable) {
    this.log = log;
    this.source = source;
    this.unreadable = unreadable;
  }

  /** What was found before the parser saw it; null: nothing, the parser has found it itself. */
  public HeadFault fault() {
    return fault;
  }

  void found(HeadFault why) {
    fault = why;
  }

  /** Tells that something could not be read. */
  public void unreadable(String code, String what) {
    unreadable.came(source, code, what);
  }

  @Override
  public boolean isErrorEnabled() {
    return log.isErrorEnabled();
  }

  @Override
  public boolean isWarningEnabled() {
    return log.isWarningEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return log.isInfoEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return log.isDebugEnabled();
  }

  @Override
  public void notifyError(String message) {
    log.notifyError(message);
  }

  @Override
  public void notifyError(Throwable cause, String message) {
    log.notifyError(cause, message);
  }

  @Override
  public void notifyWarning(String message) {
    log.notifyWarning(message);
  }

  @Override
  public void notifyInfo(String message) {
    log.notifyInfo(message);
  }

  @Override
  public void notifyDebug(String message) {
    log.notifyDebug(message);
  }
}
