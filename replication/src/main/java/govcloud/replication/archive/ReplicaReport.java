package govcloud.replication.archive;

import govcloud.replication.statement.Finding;
import java.util.List;

/**
 * What a check of a whole replica found.
 *
 * @param findings every defect with its place; none means that all is well
 * @param manifests that are right
 * @param segments that are right
 * @param records in those segments
 * @param receipts that are right
 * @param blobs attachments that are right
 * @param provedCuts numbers of the cuts that the segments prove
 */
public record ReplicaReport(
    List<Finding> findings,
    long manifests,
    long segments,
    long records,
    long receipts,
    long blobs,
    List<Long> provedCuts) {

  /** Keeps the lists. */
  public ReplicaReport {
    findings = List.copyOf(findings);
    provedCuts = List.copyOf(provedCuts);
  }

  /** Whether nothing is wrong. */
  public boolean isSound() {
    return findings.isEmpty();
  }
}
