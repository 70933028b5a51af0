package govcloud.domain.app;

import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.app.AppInstanceState.Status;
import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.Catalogue;
import govcloud.domain.tenant.DivisionCode;
import java.util.Optional;

/** An app of the catalogue that a department rents. */
public final class AppInstance
    implements Aggregate<AppInstanceCommand, AppInstanceEvent, AppInstanceState> {

  private final Catalogue catalogue;

  /** Rules that look definitions up in {@code catalogue}. */
  public AppInstance(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public String type() {
    return "app";
  }

  @Override
  public String status(AppInstanceState state) {
    return AppInstanceFaults.word(state);
  }

  @Override
  public AppInstanceState initial() {
    return AppInstanceState.VACANT;
  }

  @Override
  public Decision<AppInstanceEvent> decide(
      AppInstanceState state, AppInstanceCommand command, Context context) {
    if (command instanceof AppInstanceCommand.Apply c) {
      return apply(state, c, context);
    }
    var refusal = AppInstanceFaults.precondition(state, command, context.actor());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (command instanceof AppInstanceCommand.Approve) {
      return approve(state, context);
    } else if (command instanceof AppInstanceCommand.Refuse c) {
      return refuse(state, c, context);
    } else if (command instanceof AppInstanceCommand.CompleteProvisioning) {
      return complete(state, context);
    } else if (command instanceof AppInstanceCommand.FailProvisioning c) {
      return fail(state, c, context);
    } else if (command instanceof AppInstanceCommand.RetryProvisioning c) {
      return retry(state, c, context);
    } else if (command instanceof AppInstanceCommand.Suspend c) {
      return suspend(state, c, context);
    } else if (command instanceof AppInstanceCommand.Resume) {
      return resume(state, context);
    } else if (command instanceof AppInstanceCommand.ChangePlan c) {
      return changePlan(state, c, context);
    } else if (command instanceof AppInstanceCommand.ChangeDisasterClass c) {
      return c.disasterClass().equals(state.disasterClass())
          ? Decision.accept()
          : Decision.accept(
              new AppInstanceEvent.DisasterClassChanged(c.disasterClass(), context.now()));
    } else if (command instanceof AppInstanceCommand.Upgrade c) {
      return upgrade(state, c, context);
    } else if (command instanceof AppInstanceCommand.Terminate c) {
      return terminate(state, c, context);
    } else if (command instanceof AppInstanceCommand.AllocateNumber c) {
      return allocate(state, c, context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private Decision<AppInstanceEvent> apply(
      AppInstanceState state, AppInstanceCommand.Apply c, Context context) {
    var definition = definition(c.definition(), c.version());
    if (definition.isEmpty()) {
      return AppInstanceFaults.unknown(c.definition(), c.version());
    }
    if (state.status() != Status.VACANT && state.status() != Status.REFUSED) {
      return appliedAgain(state, c);
    }
    if (!DivisionCode.isValid(c.area())) {
      return Decision.refuse(
          AppInstanceRefusal.APP_AREA_INVALID, "area: " + c.area() + " (expected: six digits)");
    }
    return AppInstanceFaults.identifierFault("tenant", c.tenant())
        .or(() -> AppInstanceFaults.planFault(c.plan()))
        .orElseGet(
            () ->
                Decision.accept(
                    new AppInstanceEvent.Applied(
                        c.tenant(),
                        c.definition(),
                        definition.get().version(),
                        c.plan(),
                        c.area(),
                        context.actor().person(),
                        c.operation(),
                        context.now())));
  }

  private static Decision<AppInstanceEvent> appliedAgain(
      AppInstanceState state, AppInstanceCommand.Apply c) {
    var same =
        state.tenant().equals(c.tenant())
            && state.definition().equals(c.definition())
            && c.version().orElse(state.version()) == state.version()
            && state.plan().equals(c.plan())
            && state.status() != Status.TERMINATED;
    return same
        ? Decision.accept()
        : Decision.refuse(
            AppInstanceRefusal.APP_ALREADY_REQUESTED,
            "app: "
                + state.definition()
                + " "
                + state.version()
                + " is "
                + AppInstanceFaults.word(state)
                + " (expected: the same request, or a vacant identifier)");
  }

  private Decision<AppInstanceEvent> approve(AppInstanceState state, Context context) {
    if (state.status() == Status.PROVISIONING || state.status() == Status.RUNNING) {
      return Decision.accept();
    }
    var fault = AppInstanceFaults.decisionFault(state, context);
    var approver = context.actor().person();
    return fault.orElseGet(
        () ->
            Decision.accept(
                new AppInstanceEvent.Approved(approver, state.operation(), context.now())));
  }

  private Decision<AppInstanceEvent> refuse(
      AppInstanceState state, AppInstanceCommand.Refuse c, Context context) {
    if (state.status() == Status.REFUSED) {
      return Decision.accept();
    }
    return AppInstanceFaults.decisionFault(state, context)
        .or(() -> AppInstanceFaults.reasonFault(c.reason()))
        .orElseGet(
            () ->
                Decision.accept(
                    new AppInstanceEvent.Refused(c.reason(), state.operation(), context.now())));
  }

  private Decision<AppInstanceEvent> complete(AppInstanceState state, Context context) {
    return switch (state.status()) {
      case PROVISIONING ->
          Decision.accept(new AppInstanceEvent.Provisioned(state.operation(), context.now()));
      case RUNNING -> Decision.accept();
      default ->
          AppInstanceFaults.expected(
              AppInstanceRefusal.APP_NOT_PROVISIONING, state, "provisioning");
    };
  }

  private Decision<AppInstanceEvent> fail(
      AppInstanceState state, AppInstanceCommand.FailProvisioning c, Context context) {
    return switch (state.status()) {
      case PROVISIONING ->
          AppInstanceFaults.reasonFault(c.reason())
              .orElseGet(
                  () ->
                      Decision.accept(
                          new AppInstanceEvent.ProvisioningFailed(
                              c.reason(), state.operation(), context.now())));
      case PROVISIONING_FAILED -> Decision.accept();
      default ->
          AppInstanceFaults.expected(
              AppInstanceRefusal.APP_NOT_PROVISIONING, state, "provisioning");
    };
  }

  private Decision<AppInstanceEvent> retry(
      AppInstanceState state, AppInstanceCommand.RetryProvisioning c, Context context) {
    return switch (state.status()) {
      case PROVISIONING_FAILED ->
          Decision.accept(new AppInstanceEvent.ProvisioningRetried(c.operation(), context.now()));
      case PROVISIONING, RUNNING -> Decision.accept();
      default ->
          AppInstanceFaults.expected(
              AppInstanceRefusal.APP_NOT_PROVISIONING, state, "provisioning_failed");
    };
  }

  private Decision<AppInstanceEvent> suspend(
      AppInstanceState state, AppInstanceCommand.Suspend c, Context context) {
    return switch (state.status()) {
      case RUNNING ->
          AppInstanceFaults.reasonFault(c.reason())
              .orElseGet(
                  () -> Decision.accept(new AppInstanceEvent.Suspended(c.reason(), context.now())));
      case SUSPENDED -> Decision.accept();
      default -> AppInstanceFaults.expected(AppInstanceRefusal.APP_NOT_RUNNING, state, "running");
    };
  }

  private Decision<AppInstanceEvent> resume(AppInstanceState state, Context context) {
    return switch (state.status()) {
      case SUSPENDED -> Decision.accept(new AppInstanceEvent.Resumed(context.now()));
      case RUNNING -> Decision.accept();
      default ->
          AppInstanceFaults.expected(AppInstanceRefusal.APP_NOT_SUSPENDED, state, "suspended");
    };
  }

  private Decision<AppInstanceEvent> changePlan(
      AppInstanceState state, AppInstanceCommand.ChangePlan c, Context context) {
    if (state.status() != Status.RUNNING && state.status() != Status.SUSPENDED) {
      return AppInstanceFaults.expected(
          AppInstanceRefusal.APP_NOT_RUNNING, state, "running or suspended");
    }
    if (c.plan().equals(state.plan())) {
      return Decision.accept();
    }
    return AppInstanceFaults.planFault(c.plan())
        .orElseGet(
            () ->
                Decision.accept(
                    new AppInstanceEvent.PlanChanged(c.plan(), c.operation(), context.now())));
  }

  private Decision<AppInstanceEvent> upgrade(
      AppInstanceState state, AppInstanceCommand.Upgrade c, Context context) {
    if (state.status() != Status.RUNNING && state.status() != Status.SUSPENDED) {
      return AppInstanceFaults.expected(
          AppInstanceRefusal.APP_NOT_RUNNING, state, "running or suspended");
    }
    if (c.version() == state.version()) {
      return Decision.accept();
    }
    if (c.version() < state.version()) {
      return Decision.refuse(
          AppInstanceRefusal.APP_VERSION_NOT_NEWER,
          "version: " + c.version() + " (expected: > " + state.version() + ")");
    }
    var target = catalogue.find(state.definition(), c.version());
    if (target.isEmpty()) {
      return AppInstanceFaults.unknown(state.definition(), Optional.of(c.version()));
    }
    return Decision.accept(
        new AppInstanceEvent.Upgraded(
            state.version(),
            c.version(),
            target.get().migrations().containsKey(state.version()),
            c.operation(),
            context.now()));
  }

  private Decision<AppInstanceEvent> terminate(
      AppInstanceState state, AppInstanceCommand.Terminate c, Context context) {
    if (state.status() == Status.TERMINATED) {
      return Decision.accept();
    }
    return AppInstanceFaults.reasonFault(c.reason())
        .orElseGet(
            () ->
                Decision.accept(
                    new AppInstanceEvent.Terminated(c.reason(), c.operation(), context.now())));
  }

  private Decision<AppInstanceEvent> allocate(
      AppInstanceState state, AppInstanceCommand.AllocateNumber c, Context context) {
    if (state.status() != Status.RUNNING) {
      return AppInstanceFaults.expected(AppInstanceRefusal.APP_NOT_RUNNING, state, "running");
    }
    var malformed = AppInstanceFaults.identifierFault("case", c.caseId());
    if (malformed.isPresent()) {
      return malformed.get();
    }
    if (state.recentNumbers().containsKey(c.caseId())) {
      return Decision.accept();
    }
    var definition = catalogue.find(state.definition(), state.version());
    if (definition.isEmpty()) {
      return AppInstanceFaults.unknown(state.definition(), Optional.of(state.version()));
    }
    var serial = state.lastSerial() + 1;
    var pattern = definition.get().numbering().pattern();
    var number = CaseNumber.of(pattern, state.area(), context.now(), serial);
    return Decision.accept(
        new AppInstanceEvent.NumberAllocated(c.caseId(), serial, number, context.now()));
  }

  private Optional<AppDefinition> definition(String name, Optional<Integer> version) {
    return version.isPresent() ? catalogue.find(name, version.get()) : catalogue.newest(name);
  }

  @Override
  public AppInstanceState evolve(AppInstanceState state, AppInstanceEvent event) {
    return state.after(event);
  }
}
