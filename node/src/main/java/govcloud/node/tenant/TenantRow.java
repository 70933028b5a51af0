package govcloud.node.tenant;

import govcloud.domain.catalogue.LocalText;
import govcloud.domain.tenant.DisasterClass;
import govcloud.domain.tenant.Plan;
import govcloud.domain.tenant.Quotas;
import govcloud.domain.tenant.TenantState;
import java.time.Instant;

/**
 * A department in a list.
 *
 * @param tenant its identifier
 * @param quotas what it may use at most
 * @param version of the entity that the row reflects
 * @param registeredAt when it was registered
 * @param updatedAt when it last changed
 */
public record TenantRow(
    String tenant,
    LocalText name,
    TenantState.Status status,
    String creditCode,
    String division,
    DisasterClass disasterClass,
    Plan plan,
    Quotas quotas,
    long version,
    Instant registeredAt,
    Instant updatedAt) {

  /** The status as lower-case word, as in URLs. */
  public String statusLabel() {
    return TenantView.label(status);
  }
}
