package govcloud.domain.app;

import govcloud.domain.tenant.DisasterClass;
import java.util.Optional;

/** What may be asked of a rented app. */
public sealed interface AppInstanceCommand {

  /**
   * A department applies to rent an app of the catalogue.
   *
   * @param tenant the department's identifier
   * @param definition name in the catalogue
   * @param version empty for the newest
   * @param area the department's administrative division code, used in case numbers
   * @param operation identifier of the operation that follows the request
   */
  record Apply(
      String tenant,
      String definition,
      Optional<Integer> version,
      AppPlan plan,
      String area,
      String operation)
      implements AppInstanceCommand {}

  /** The operator agrees; provisioning begins. */
  record Approve() implements AppInstanceCommand {}

  /** The operator turns the application down. */
  record Refuse(String reason) implements AppInstanceCommand {}

  /** The platform has set everything up. */
  record CompleteProvisioning() implements AppInstanceCommand {}

  /** The platform could not set everything up. */
  record FailProvisioning(String reason) implements AppInstanceCommand {}

  /** Provisioning that failed is tried again. */
  record RetryProvisioning(String operation) implements AppInstanceCommand {}

  /** Nobody may work in the app until it is resumed. */
  record Suspend(String reason) implements AppInstanceCommand {}

  /** Ends a suspension. */
  record Resume() implements AppInstanceCommand {}

  /** Rents more or less of the app. */
  record ChangePlan(AppPlan plan, String operation) implements AppInstanceCommand {}

  /**
   * Changes how much of the app's work may be lost with the site.
   *
   * @param disasterClass empty for the department's
   */
  record ChangeDisasterClass(Optional<DisasterClass> disasterClass) implements AppInstanceCommand {}

  /** New cases begin on a newer version of the definition. */
  record Upgrade(int version, String operation) implements AppInstanceCommand {}

  /** Ends the rent of the app. */
  record Terminate(String reason, String operation) implements AppInstanceCommand {}

  /** The next case number, or the same again for a case that was lately given one. */
  record AllocateNumber(String caseId) implements AppInstanceCommand {}
}
