package govcloud.replication.statement;

/** A replica file is refused. */
public final class DamagedReplicaException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Finding finding;

  /** Refused for this. */
  public DamagedReplicaException(Finding finding) {
    super(finding.toString());
    this.finding = finding;
  }

  /** What is wrong, and where. */
  public Finding finding() {
    return finding;
  }
}
