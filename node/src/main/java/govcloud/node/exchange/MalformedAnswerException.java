package govcloud.node.exchange;

/** A provider answers, and not what was agreed. */
final class MalformedAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * A wrong answer.
   *
   * @param what names its place and never a value
   */
  MalformedAnswerException(String what) {
    super(what, null, false, false);
  }
}
