package govcloud.pki;

/** Certificates, keys or their files are not usable. The message never holds a secret. */
public final class PkiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final PkiDefect defect;

  /** Not usable, for this. */
  public PkiException(PkiDefect defect, String detail) {
    this(defect, detail, null);
  }

  /** Not usable, for this and because of that. */
  public PkiException(PkiDefect defect, String detail, Throwable cause) {
    super(defect.meaning() + ": " + detail, cause);
    this.defect = defect;
  }

  /** What is wrong. */
  public PkiDefect defect() {
    return defect;
  }
}
