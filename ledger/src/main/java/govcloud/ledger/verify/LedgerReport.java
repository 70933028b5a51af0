package govcloud.ledger.verify;

import govcloud.ledger.Finding;
import govcloud.ledger.note.CheckedCheckpoint;
import java.util.List;
import java.util.Optional;

/**
 * What a check of a ledger came to.
 *
 * @param checkpoint the state that was checked; empty if it could not be trusted
 * @param cosigned the newest state that enough witnesses signed
 * @param predecessor the lost log that this one follows, as its witnesses last saw it
 * @param findings everything that is wrong or lacking
 */
public record LedgerReport(
    Optional<CheckedCheckpoint> checkpoint,
    Optional<CheckedCheckpoint> cosigned,
    Optional<CheckedCheckpoint> predecessor,
    List<Finding> findings) {

  /** Keeps its own list. */
  public LedgerReport {
    findings = List.copyOf(findings);
  }

  /** What it comes to, in the order of how bad it is. */
  public enum Verdict {
    /** Everything is there and right. */
    VALID,
    /** Nothing is wrong, and something is lacking. */
    INCOMPLETE,
    /** Something is wrong. */
    INVALID
  }

  /** The verdict. */
  public Verdict verdict() {
    return verdict(findings);
  }

  /** The verdict that findings come to. */
  public static Verdict verdict(List<Finding> findings) {
    if (findings.isEmpty()) {
      return Verdict.VALID;
    }
    return findings.stream().allMatch(finding -> finding.defect().isIncomplete())
        ? Verdict.INCOMPLETE
        : Verdict.INVALID;
  }
}
