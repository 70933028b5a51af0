package govcloud.recovery.prove;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects findings; keeps the first ones and counts the rest. For several threads. */
final class ProofFindings {
  /** Enough to see what happened; a keyspace that is wholly wrong must not fill the memory. */
  private static final int MOST = 1000;

  private final List<ProofFinding> findings = new ArrayList<>();
  private final Set<String> tenants = new HashSet<>();
  private long count;

  synchronized void add(ProofDefect defect, String tenant, String place, String detail) {
    count++;
    tenants.add(tenant);
    if (findings.size() < MOST) {
      findings.add(new ProofFinding(defect, tenant, place, detail));
    }
  }

  synchronized List<ProofFinding> list() {
    return List.copyOf(findings);
  }

  /** Whether nothing is wrong with a tenant, nor with what is not one tenant's. */
  synchronized boolean isRight(String tenant) {
    return !tenants.contains("") && !tenants.contains(tenant);
  }

  synchronized long count() {
    return count;
  }
}
