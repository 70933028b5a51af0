package govcloud.domain.app;

import govcloud.domain.tenant.DisasterClass;
import java.time.Instant;
import java.util.Optional;

/**
 * What may have happened to a rented app. {@code operation} names what it belongs to, or is empty.
 */
public sealed interface AppInstanceEvent {

  /** When it happened. */
  Instant at();

  /** A department has applied; {@code applicant} is the person who did. */
  record Applied(
      String tenant,
      String definition,
      int version,
      AppPlan plan,
      String area,
      String applicant,
      String operation,
      Instant at)
      implements AppInstanceEvent {}

  /** The operator has agreed and provisioning has begun. */
  record Approved(String approver, String operation, Instant at) implements AppInstanceEvent {}

  /** The operator has turned the application down. */
  record Refused(String reason, String operation, Instant at) implements AppInstanceEvent {}

  /** Everything is set up; the app runs. */
  record Provisioned(String operation, Instant at) implements AppInstanceEvent {}

  /** Setting up has failed. */
  record ProvisioningFailed(String reason, String operation, Instant at)
      implements AppInstanceEvent {}

  /** Setting up has begun again. */
  record ProvisioningRetried(String operation, Instant at) implements AppInstanceEvent {}

  /** Nobody may work in the app for the time being. */
  record Suspended(String reason, Instant at) implements AppInstanceEvent {}

  /** The suspension is over. */
  record Resumed(Instant at) implements AppInstanceEvent {}

  /** Another plan holds from now on. */
  record PlanChanged(AppPlan plan, String operation, Instant at) implements AppInstanceEvent {}

  /** Another disaster class holds from now on; empty: the department's. */
  record DisasterClassChanged(Optional<DisasterClass> disasterClass, Instant at)
      implements AppInstanceEvent {}

  /**
   * New cases begin on a newer version.
   *
   * @param migratesCases whether the new version declares what becomes of running cases; if not,
   *     they finish on the version that they began with
   */
  record Upgraded(
      int fromVersion, int toVersion, boolean migratesCases, String operation, Instant at)
      implements AppInstanceEvent {}

  /** The rent of the app has ended. */
  record Terminated(String reason, String operation, Instant at) implements AppInstanceEvent {}

  /** A case has its number. */
  record NumberAllocated(String caseId, long serial, String number, Instant at)
      implements AppInstanceEvent {}
}
