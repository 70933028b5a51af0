package govcloud.recovery.prove;

import java.util.ArrayList;
import java.util.List;

/** Collects findings; keeps the first ones and counts the rest. For several threads. */
final class ProofFindings {
  /** Enough to see what happened; a keyspace that is wholly wrong must not fill the memory. */
  private static final int MOST = 1000;

  private final List<ProofFinding> findings = new ArrayList<>();
  private long count;

  synchronized void add(ProofDefect defect, String tenant, String place, String detail) {
    count++;
    if (findings.size() < MOST) {
      findings.add(new ProofFinding(defect, tenant, place, detail));
    }
  }

  synchronized List<ProofFinding> list() {
    return List.copyOf(findings);
  }

  synchronized long count() {
    return count;
  }
}
