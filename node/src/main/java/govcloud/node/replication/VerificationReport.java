package govcloud.node.replication;

import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.statement.Finding;
import java.util.List;

/**
 * What a check of this cloud's own archive and of the sibling's receipts gave.
 *
 * @param startedMillis milliseconds since 1970
 * @param endedMillis the same; 0: it runs
 * @param manifests that are right
 * @param segments that are right
 * @param records in those segments
 * @param receipts that are right
 * @param cuts that the segments prove
 * @param findings the first of what is wrong
 * @param further how many findings there are beside those
 * @param failure why it could not be carried out; empty if it could
 */
public record VerificationReport(
    long startedMillis,
    long endedMillis,
    long manifests,
    long segments,
    long records,
    long receipts,
    long cuts,
    List<Found> findings,
    long further,
    String failure) {

  /** Findings that are told. */
  static final int MOST = 100;

  /**
   * Something wrong.
   *
   * @param code stable
   * @param name of the file in the archive
   * @param from first byte in question
   * @param to byte behind the last one; equal to {@code from}: the whole file
   * @param detail what was found and what was expected
   */
  public record Found(String code, String name, long from, long to, String detail) {

    static Found of(Finding finding) {
      return new Found(
          finding.defect().name(), finding.name(), finding.from(), finding.to(), finding.detail());
    }
  }

  /** Keeps the list. */
  public VerificationReport {
    findings = List.copyOf(findings);
  }

  /** One that runs. */
  static VerificationReport running(long startedMillis) {
    return new VerificationReport(startedMillis, 0, 0, 0, 0, 0, 0, List.of(), 0, "");
  }

  /** One that has ended. */
  VerificationReport ended(ReplicaReport report, long millis) {
    return new VerificationReport(
        startedMillis,
        millis,
        report.manifests(),
        report.segments(),
        report.records(),
        report.receipts(),
        report.provedCuts().size(),
        report.findings().stream().limit(MOST).map(Found::of).toList(),
        Math.max(0, report.findings().size() - MOST),
        "");
  }

  /** One that could not be carried out. */
  VerificationReport failed(String why, long millis) {
    return new VerificationReport(startedMillis, millis, 0, 0, 0, 0, 0, List.of(), 0, why);
  }

  /** Everything that is wrong. */
  long wrong() {
    return findings.size() + further;
  }

  /** How it stands, in one word. */
  public String state() {
    if (endedMillis == 0) {
      return "running";
    }
    if (!failure.isEmpty()) {
      return "failed";
    }
    return findings.isEmpty() ? "sound" : "findings";
  }
}
