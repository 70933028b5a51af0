package govcloud.ledger;

/** Something of a ledger was refused. */
public final class LedgerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Finding finding;

  /** A refusal of a whole, such as a checkpoint. */
  public LedgerException(LedgerDefect defect, String name, String detail) {
    this(Finding.of(defect, name, detail), null);
  }

  /** A refusal with its place, and what led to it. */
  public LedgerException(Finding finding, Throwable cause) {
    super(finding.toString(), cause);
    this.finding = finding;
  }

  /** What is wrong and where. */
  public Finding finding() {
    return finding;
  }

  /** What is wrong. */
  public LedgerDefect defect() {
    return finding.defect();
  }
}
