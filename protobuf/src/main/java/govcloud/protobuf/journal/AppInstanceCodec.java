package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.app.AppInstanceEvent;
import govcloud.domain.app.AppPlan;
import govcloud.domain.tenant.DisasterClass;
import govcloud.protobuf.journal.v1.AppChange;
import govcloud.protobuf.journal.v1.AppCommit;
import govcloud.protobuf.journal.v1.AppRentPlan;
import govcloud.protobuf.journal.v1.TenantDisasterClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** Journal form of {@link AppInstanceEvent}. */
public final class AppInstanceCodec extends ProtobufCommitCodec<AppInstanceEvent> {

  /** The codec of {@code app/1}. */
  public AppInstanceCodec() {
    super("app", 2, AppInstanceEvent.class);
  }

  @Override
  MessageLite write(Commit<AppInstanceEvent> commit) {
    var message = AppCommit.newBuilder().setHeader(header(commit));
    for (var event : commit.events()) {
      var change = AppChange.newBuilder();
      if (!fillDecided(change, event) && !fillRunning(change, event)) {
        throw formless(event);
      }
      if (!event.at().equals(commit.at())) {
        change.setAt(timestamp(event.at()));
      }
      message.addChanges(change);
    }
    return message.build();
  }

  @Override
  Commit<AppInstanceEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = AppCommit.parseFrom(payload);
    var events = new ArrayList<AppInstanceEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static boolean fillDecided(AppChange.Builder change, AppInstanceEvent event) {
    if (event instanceof AppInstanceEvent.Applied e) {
      change
          .getAppliedBuilder()
          .setTenant(e.tenant())
          .setDefinition(e.definition())
          .setVersion(e.version())
          .setPlan(plan(e.plan()))
          .setArea(e.area())
          .setApplicant(e.applicant())
          .setOperation(e.operation());
    } else if (event instanceof AppInstanceEvent.Approved e) {
      change.getApprovedBuilder().setApprover(e.approver()).setOperation(e.operation());
    } else if (event instanceof AppInstanceEvent.Refused e) {
      change.getRefusedBuilder().setReason(e.reason()).setOperation(e.operation());
    } else if (event instanceof AppInstanceEvent.Provisioned e) {
      change.getProvisionedBuilder().setOperation(e.operation());
    } else if (event instanceof AppInstanceEvent.ProvisioningFailed e) {
      change.getProvisioningFailedBuilder().setReason(e.reason()).setOperation(e.operation());
    } else if (event instanceof AppInstanceEvent.ProvisioningRetried e) {
      change.getProvisioningRetriedBuilder().setOperation(e.operation());
    } else {
      return false;
    }
    return true;
  }

  private static boolean fillRunning(AppChange.Builder change, AppInstanceEvent event) {
    if (event instanceof AppInstanceEvent.Suspended e) {
      change.getSuspendedBuilder().setReason(e.reason());
    } else if (event instanceof AppInstanceEvent.Resumed) {
      change.getResumedBuilder();
    } else if (event instanceof AppInstanceEvent.PlanChanged e) {
      change.getPlanChangedBuilder().setPlan(plan(e.plan())).setOperation(e.operation());
    } else if (event instanceof AppInstanceEvent.DisasterClassChanged e) {
      var changed = change.getDisasterClassChangedBuilder();
      e.disasterClass().ifPresent(own -> changed.setDisasterClass(disasterClass(own)));
    } else if (event instanceof AppInstanceEvent.Upgraded e) {
      change
          .getUpgradedBuilder()
          .setFromVersion(e.fromVersion())
          .setToVersion(e.toVersion())
          .setMigratesCases(e.migratesCases())
          .setOperation(e.operation());
    } else if (event instanceof AppInstanceEvent.Terminated e) {
      change.getTerminatedBuilder().setReason(e.reason()).setOperation(e.operation());
    } else if (event instanceof AppInstanceEvent.NumberAllocated e) {
      change
          .getNumberAllocatedBuilder()
          .setCaseId(e.caseId())
          .setSerial(e.serial())
          .setNumber(e.number());
    } else {
      return false;
    }
    return true;
  }

  private AppInstanceEvent event(AppChange change, Instant at) {
    return switch (change.getKindCase()) {
      case APPLIED -> applied(change.getApplied(), at);
      case APPROVED ->
          new AppInstanceEvent.Approved(
              change.getApproved().getApprover(), change.getApproved().getOperation(), at);
      case REFUSED ->
          new AppInstanceEvent.Refused(
              change.getRefused().getReason(), change.getRefused().getOperation(), at);
      case PROVISIONED ->
          new AppInstanceEvent.Provisioned(change.getProvisioned().getOperation(), at);
      case PROVISIONING_FAILED ->
          new AppInstanceEvent.ProvisioningFailed(
              change.getProvisioningFailed().getReason(),
              change.getProvisioningFailed().getOperation(),
              at);
      case PROVISIONING_RETRIED ->
          new AppInstanceEvent.ProvisioningRetried(
              change.getProvisioningRetried().getOperation(), at);
      case SUSPENDED -> new AppInstanceEvent.Suspended(change.getSuspended().getReason(), at);
      case RESUMED -> new AppInstanceEvent.Resumed(at);
      case PLAN_CHANGED ->
          new AppInstanceEvent.PlanChanged(
              plan(change.getPlanChanged().getPlan()), change.getPlanChanged().getOperation(), at);
      case DISASTER_CLASS_CHANGED ->
          new AppInstanceEvent.DisasterClassChanged(
              own(change.getDisasterClassChanged().getDisasterClass()), at);
      case UPGRADED -> upgraded(change.getUpgraded(), at);
      case TERMINATED ->
          new AppInstanceEvent.Terminated(
              change.getTerminated().getReason(), change.getTerminated().getOperation(), at);
      case NUMBER_ALLOCATED ->
          new AppInstanceEvent.NumberAllocated(
              change.getNumberAllocated().getCaseId(),
              change.getNumberAllocated().getSerial(),
              change.getNumberAllocated().getNumber(),
              at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private static AppInstanceEvent applied(AppChange.Applied applied, Instant at) {
    return new AppInstanceEvent.Applied(
        applied.getTenant(),
        applied.getDefinition(),
        applied.getVersion(),
        plan(applied.getPlan()),
        applied.getArea(),
        applied.getApplicant(),
        applied.getOperation(),
        at);
  }

  private static AppInstanceEvent upgraded(AppChange.Upgraded upgraded, Instant at) {
    return new AppInstanceEvent.Upgraded(
        upgraded.getFromVersion(),
        upgraded.getToVersion(),
        upgraded.getMigratesCases(),
        upgraded.getOperation(),
        at);
  }

  private Optional<DisasterClass> own(TenantDisasterClass disasterClass) {
    return disasterClass == TenantDisasterClass.TENANT_DISASTER_CLASS_UNSPECIFIED
        ? Optional.empty()
        : Optional.of(disasterClass(disasterClass));
  }

  private static AppRentPlan plan(AppPlan plan) {
    return AppRentPlan.newBuilder().setSeats(plan.seats()).setCases(plan.cases()).build();
  }

  private static AppPlan plan(AppRentPlan plan) {
    return new AppPlan(plan.getSeats(), plan.getCases());
  }
}
