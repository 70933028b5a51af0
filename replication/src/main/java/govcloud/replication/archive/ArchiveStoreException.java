package govcloud.replication.archive;

/** The store does not do what was asked. */
public final class ArchiveStoreException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ArchiveDefect defect;

  /** Not done, for this. */
  public ArchiveStoreException(ArchiveDefect defect, String detail) {
    this(defect, detail, null);
  }

  /** Not done, for this and because of that. */
  public ArchiveStoreException(ArchiveDefect defect, String detail, Throwable cause) {
    super(defect.meaning() + ": " + detail, cause);
    this.defect = defect;
  }

  /** What is wrong. */
  public ArchiveDefect defect() {
    return defect;
  }
}
