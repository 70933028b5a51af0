package govcloud.node.app;

import govcloud.domain.app.AppInstanceState.Status;
import govcloud.domain.app.AppPlan;
import govcloud.domain.tenant.DisasterClass;
import java.time.Instant;
import java.util.Optional;

/**
 * A rented app in a list.
 *
 * @param app its identifier within the department
 * @param definition name in the catalogue
 * @param definitionVersion version that new cases begin on
 * @param disasterClass of its own; empty: the department's
 * @param operation identifier of the operation that last changed it, or an empty string
 * @param reason why it was refused, failed, suspended or terminated, otherwise an empty string
 * @param numbers how many case numbers were given out
 * @param version of the entity that the row reflects
 */
public record AppRow(
    String tenant,
    String app,
    String definition,
    int definitionVersion,
    AppPlan plan,
    Optional<DisasterClass> disasterClass,
    Status status,
    String operation,
    String reason,
    long numbers,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** The status as lower-case word, as in URLs. */
  public String statusLabel() {
    return AppView.label(status);
  }
}
