package govcloud.node.replication;

import govcloud.node.replication.audit.AuditFinding;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.statement.Finding;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an audit of log, chunks, archive and receipts gave.
 *
 * @param startedMillis milliseconds since 1970
 * @param endedMillis the same; 0: it runs
 * @param manifests that are right
 * @param segments that are right
 * @param records in those segments
 * @param receipts that are right
 * @param cuts that the segments prove
 * @param attachments that are right
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
    long attachments,
    List<Found> findings,
    long further,
    String failure) {

  /** Findings that are told. */
  static final int MOST = 100;

  /**
   * Something wrong.
   *
   * @param code stable
   * @param name of the file in the archive, or a place in the log or the chunks
   * @param from first byte in question
   * @param to byte behind the last one; equal to {@code from}: the whole file
   * @param detail what was found and what was expected
   */
  public record Found(String code, String name, long from, long to, String detail) {

    static Found of(AuditFinding finding) {
      return new Found(finding.defect().name(), finding.place(), 0, 0, finding.detail());
    }

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
    return new VerificationReport(startedMillis, 0, 0, 0, 0, 0, 0, 0, List.of(), 0, "");
  }

  /** The same with one finding more. */
  VerificationReport with(Found found) {
    boolean isFull = findings.size() >= MOST;
    return new VerificationReport(
        startedMillis,
        endedMillis,
        manifests,
        segments,
        records,
        receipts,
        cuts,
        attachments,
        isFull ? findings : Stream.concat(findings.stream(), Stream.of(found)).toList(),
        further + (isFull ? 1 : 0),
        failure);
  }

  /** The same when the archive was gone through. */
  VerificationReport counted(ReplicaReport report) {
    return new VerificationReport(
        startedMillis,
        endedMillis,
        report.manifests(),
        report.segments(),
        report.records(),
        report.receipts(),
        report.provedCuts().size(),
        report.blobs(),
        findings,
        further,
        failure);
  }

  /** One that has ended; with a failure, one that could not be carried out to the end. */
  VerificationReport ended(long millis, String why) {
    return new VerificationReport(
        startedMillis,
        millis,
        manifests,
        segments,
        records,
        receipts,
        cuts,
        attachments,
        findings,
        further,
        why);
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
