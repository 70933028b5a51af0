package govcloud.node.app;

import govcloud.domain.app.AppInstanceEvent;
import govcloud.domain.app.AppInstanceState.Status;
import govcloud.node.projection.EntityIds;
import java.util.Optional;

/** A rented app's row after each kind of event. */
final class AppFold {

  private AppFold() {}

  static AppRow after(AppRow row, String entityId, long version, AppInstanceEvent event) {
    if (event instanceof AppInstanceEvent.Applied e) {
      return new AppRow(
          e.tenant(),
          EntityIds.part(entityId, 2),
          e.definition(),
          e.version(),
          e.plan(),
          row == null ? Optional.empty() : row.disasterClass(),
          Status.REQUESTED,
          e.operation(),
          "",
          0,
          version,
          e.at(),
          e.at());
    }
    var plan = event instanceof AppInstanceEvent.PlanChanged e ? e.plan() : row.plan();
    var disasterClass =
        event instanceof AppInstanceEvent.DisasterClassChanged e
            ? e.disasterClass()
            : row.disasterClass();
    int definition =
        event instanceof AppInstanceEvent.Upgraded e ? e.toVersion() : row.definitionVersion();
    long numbers = event instanceof AppInstanceEvent.NumberAllocated e ? e.serial() : row.numbers();
    return new AppRow(
        row.tenant(),
        row.app(),
        row.definition(),
        definition,
        plan,
        disasterClass,
        status(row.status(), event),
        operation(row.operation(), event),
        reason(row.reason(), event),
        numbers,
        version,
        row.createdAt(),
        event.at());
  }

  private static Status status(Status before, AppInstanceEvent event) {
    if (event instanceof AppInstanceEvent.Approved
        || event instanceof AppInstanceEvent.ProvisioningRetried) {
      return Status.PROVISIONING;
    }
    if (event instanceof AppInstanceEvent.Provisioned
        || event instanceof AppInstanceEvent.Resumed) {
      return Status.RUNNING;
    }
    if (event instanceof AppInstanceEvent.Refused) {
      return Status.REFUSED;
    }
    if (event instanceof AppInstanceEvent.ProvisioningFailed) {
      return Status.PROVISIONING_FAILED;
    }
    if (event instanceof AppInstanceEvent.Suspended) {
      return Status.SUSPENDED;
    }
    return event instanceof AppInstanceEvent.Terminated ? Status.TERMINATED : before;
  }

  private static String operation(String before, AppInstanceEvent event) {
    if (event instanceof AppInstanceEvent.ProvisioningRetried e) {
      return e.operation();
    }
    if (event instanceof AppInstanceEvent.PlanChanged e) {
      return e.operation();
    }
    if (event instanceof AppInstanceEvent.Upgraded e) {
      return e.operation();
    }
    return event instanceof AppInstanceEvent.Terminated e ? e.operation() : before;
  }

  private static String reason(String before, AppInstanceEvent event) {
    if (event instanceof AppInstanceEvent.Refused e) {
      return e.reason();
    }
    if (event instanceof AppInstanceEvent.ProvisioningFailed e) {
      return e.reason();
    }
    if (event instanceof AppInstanceEvent.Suspended e) {
      return e.reason();
    }
    if (event instanceof AppInstanceEvent.Terminated e) {
      return e.reason();
    }
    boolean over =
        event instanceof AppInstanceEvent.Resumed
            || event instanceof AppInstanceEvent.ProvisioningRetried;
    return over ? "" : before;
  }
}
