package govcloud.replication.keys;

/** Keys, shares or their files are not usable. The message never holds a secret. */
public final class KeyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final KeyDefect defect;

  /** Not usable, for this. */
  public KeyException(KeyDefect defect, String detail) {
    this(defect, detail, null);
  }

  /** Not usable, for this and because of that. */
  public KeyException(KeyDefect defect, String detail, Throwable cause) {
    super(defect.meaning() + ": " + detail, cause);
    this.defect = defect;
  }

  /** What is wrong. */
  public KeyDefect defect() {
    return defect;
  }
}
