package govcloud.replication.shipping;

/** The sibling does not take a file: delivering it again does not help, somebody has to look. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Refused.
   *
   * @param code the sibling's, such as {@code REPLICA_FORKED}
   */
  public RefusedException(String code, String detail) {
    super(code + ": " + detail);
    this.code = code;
  }

  /** The sibling's code. */
  public String code() {
    return code;
  }
}
