package govcloud.replication.shipping;

/** The sibling cannot be reached, or has no time: whether the file arrived is not known. */
public final class LinkException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Not known to have arrived, for this. */
  public LinkException(String detail, Throwable cause) {
    super(detail, cause);
  }
}
