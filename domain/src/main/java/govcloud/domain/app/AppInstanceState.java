package govcloud.domain.app;

import govcloud.domain.tenant.DisasterClass;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A rented app as it is now.
 *
 * @param disasterClass how much of its work may be lost with the site; empty: as the department's
 * @param applicant the person who applied
 * @param operation the operation that last changed it, or an empty string
 * @param reason why it was refused, failed, suspended or terminated, otherwise an empty string
 * @param lastSerial the last serial number given to a case; 0 if none
 * @param recentNumbers by case identifier, oldest first, the last {@link #REMEMBERED}
 * @param createdAt when it was applied for; empty while vacant
 * @param updatedAt when it last changed; empty while vacant
 */
public record AppInstanceState(
    Status status,
    String tenant,
    String definition,
    int version,
    AppPlan plan,
    Optional<DisasterClass> disasterClass,
    String area,
    String applicant,
    String operation,
    String reason,
    long lastSerial,
    Map<String, Allocation> recentNumbers,
    Optional<Instant> createdAt,
    Optional<Instant> updatedAt) {

  /** How many allocations are remembered. */
  public static final int REMEMBERED = 256;

  /** A case's number. */
  public record Allocation(long serial, String number) {}

  /** Where a rented app is in its life. */
  public enum Status {
    VACANT,
    REQUESTED,
    REFUSED,
    PROVISIONING,
    PROVISIONING_FAILED,
    RUNNING,
    SUSPENDED,
    TERMINATED
  }

  /** Nobody has applied. */
  public static final AppInstanceState VACANT =
      new AppInstanceState(
          Status.VACANT,
          "",
          "",
          0,
          AppPlan.NONE,
          Optional.empty(),
          "",
          "",
          "",
          "",
          0,
          Map.of(),
          Optional.empty(),
          Optional.empty());

  public AppInstanceState {
    recentNumbers = Collections.unmodifiableMap(new LinkedHashMap<>(recentNumbers));
  }

  /** The rented app after {@code event}; accepts every event in every state. */
  AppInstanceState after(AppInstanceEvent event) {
    if (event instanceof AppInstanceEvent.Applied e) {
      return applied(e);
    } else if (event instanceof AppInstanceEvent.Approved e) {
      return to(Status.PROVISIONING, e.operation(), "", e.at());
    } else if (event instanceof AppInstanceEvent.Refused e) {
      return to(Status.REFUSED, e.operation(), e.reason(), e.at());
    } else if (event instanceof AppInstanceEvent.Provisioned e) {
      return to(Status.RUNNING, e.operation(), "", e.at());
    } else if (event instanceof AppInstanceEvent.ProvisioningFailed e) {
      return to(Status.PROVISIONING_FAILED, e.operation(), e.reason(), e.at());
    } else if (event instanceof AppInstanceEvent.ProvisioningRetried e) {
      return to(Status.PROVISIONING, e.operation(), "", e.at());
    } else if (event instanceof AppInstanceEvent.Suspended e) {
      return to(Status.SUSPENDED, operation, e.reason(), e.at());
    } else if (event instanceof AppInstanceEvent.Resumed e) {
      return to(Status.RUNNING, operation, "", e.at());
    } else if (event instanceof AppInstanceEvent.PlanChanged e) {
      return on(version, e.plan(), e.operation(), lastSerial, recentNumbers, e.at());
    } else if (event instanceof AppInstanceEvent.DisasterClassChanged e) {
      return classed(e);
    } else if (event instanceof AppInstanceEvent.Upgraded e) {
      return on(e.toVersion(), plan, e.operation(), lastSerial, recentNumbers, e.at());
    } else if (event instanceof AppInstanceEvent.Terminated e) {
      return to(Status.TERMINATED, e.operation(), e.reason(), e.at());
    } else if (event instanceof AppInstanceEvent.NumberAllocated e) {
      return on(version, plan, operation, e.serial(), remembering(e), e.at());
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }

  private Map<String, Allocation> remembering(AppInstanceEvent.NumberAllocated e) {
    var numbers = new LinkedHashMap<>(recentNumbers);
    numbers.put(e.caseId(), new Allocation(e.serial(), e.number()));
    while (numbers.size() > REMEMBERED) {
      numbers.remove(numbers.keySet().iterator().next());
    }
    return numbers;
  }

  private AppInstanceState applied(AppInstanceEvent.Applied e) {
    return new AppInstanceState(
        Status.REQUESTED,
        e.tenant(),
        e.definition(),
        e.version(),
        e.plan(),
        disasterClass,
        e.area(),
        e.applicant(),
        e.operation(),
        "",
        lastSerial,
        recentNumbers,
        Optional.of(createdAt.orElse(e.at())),
        Optional.of(e.at()));
  }

  private AppInstanceState classed(AppInstanceEvent.DisasterClassChanged e) {
    return new AppInstanceState(
        status,
        tenant,
        definition,
        version,
        plan,
        e.disasterClass(),
        area,
        applicant,
        operation,
        reason,
        lastSerial,
        recentNumbers,
        createdAt,
        Optional.of(e.at()));
  }

  private AppInstanceState to(Status next, String newOperation, String why, Instant at) {
    return new AppInstanceState(
        next,
        tenant,
        definition,
        version,
        plan,
        disasterClass,
        area,
        applicant,
        newOperation,
        why,
        lastSerial,
        recentNumbers,
        createdAt,
        Optional.of(at));
  }

  private AppInstanceState on(
      int newVersion,
      AppPlan newPlan,
      String newOperation,
      long serial,
      Map<String, Allocation> numbers,
      Instant at) {
    return new AppInstanceState(
        status,
        tenant,
        definition,
        newVersion,
        newPlan,
        disasterClass,
        area,
        applicant,
        newOperation,
        reason,
        serial,
        numbers,
        createdAt,
        Optional.of(at));
  }
}
