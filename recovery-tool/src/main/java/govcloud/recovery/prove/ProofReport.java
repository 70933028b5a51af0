package govcloud.recovery.prove;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a proof found out.
 *
 * @param point up to where the cloud was rebuilt
 * @param cut number of the signed cut with which it was compared
 * @param tenants one for each, by name
 * @param rows of the log that were compared
 * @param findings the first differences; none means that everything is as it was
 * @param findingCount how many differences there are
 */
public record ProofReport(
    String point,
    OptionalLong cut,
    List<TenantProof> tenants,
    long rows,
    List<ProofFinding> findings,
    long findingCount) {

  /** Keeps the lists. */
  public ProofReport {
    tenants = List.copyOf(tenants);
    findings = List.copyOf(findings);
  }

  /** Whether everything is as it was. */
  public boolean isProved() {
    return findingCount == 0;
  }

  /** Entities of all tenants. */
  public long entities() {
    return tenants.stream().mapToLong(TenantProof::entities).sum();
  }

  /** Records of all tenants. */
  public long records() {
    return tenants.stream().mapToLong(TenantProof::records).sum();
  }
}
