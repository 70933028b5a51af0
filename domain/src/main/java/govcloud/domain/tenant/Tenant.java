package govcloud.domain.tenant;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.tenant.TenantState.Status;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A government department that rents the cloud. */
public final class Tenant implements Aggregate<TenantCommand, TenantEvent, TenantState> {

  /** How long data is kept after the end of the rent unless the contract says otherwise. */
  public static final int DEFAULT_RETENTION_DAYS = 3_650;

  private static final int LONGEST_RETENTION_DAYS = 36_500;
  private static final int LONGEST_TEXT = 1_000;
  private static final int LONGEST_NAME = 200;

  @Override
  public String type() {
    return "tenant";
  }

  @Override
  public String status(TenantState state) {
    return state.status().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public TenantState initial() {
    return TenantState.VACANT;
  }

  @Override
  public Decision<TenantEvent> decide(TenantState state, TenantCommand command, Context context) {
    var refusal = precondition(state, command, context.actor());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (command instanceof TenantCommand.Register c) {
      return register(state, c, context);
    } else if (command instanceof TenantCommand.Activate) {
      return activate(state, context);
    } else if (command instanceof TenantCommand.Suspend c) {
      return suspend(state, c, context);
    } else if (command instanceof TenantCommand.Resume) {
      return resume(state, context);
    } else if (command instanceof TenantCommand.Close c) {
      return close(state, c, context);
    } else if (command instanceof TenantCommand.ChangePlan c) {
      return changePlan(state, c, context);
    } else if (command instanceof TenantCommand.ChangeDisasterClass c) {
      return c.disasterClass() == state.disasterClass()
          ? Decision.accept()
          : Decision.accept(new TenantEvent.DisasterClassChanged(c.disasterClass(), context.now()));
    } else if (command instanceof TenantCommand.ChangeContacts c) {
      return changeContacts(state, c, context);
    } else if (command instanceof TenantCommand.Rename c) {
      return rename(state, c, context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private static Optional<Decision<TenantEvent>> precondition(
      TenantState state, TenantCommand command, Actor actor) {
    var own =
        command instanceof TenantCommand.ChangeContacts || command instanceof TenantCommand.Rename;
    var operates = List.of(Actor.OPERATOR, Actor.PLATFORM).contains(actor.role());
    if (!own && !operates) {
      return refused(
          TenantRefusal.TENANT_OPERATOR_ONLY, "role: " + actor.role() + " (expected: operator)");
    }
    if (state.status() == Status.VACANT && !(command instanceof TenantCommand.Register)) {
      return refused(
          TenantRefusal.TENANT_NOT_FOUND, "tenant: vacant (expected: registered before)");
    }
    if (state.status() == Status.CLOSED && !(command instanceof TenantCommand.Close)) {
      return refused(TenantRefusal.TENANT_CLOSED, "tenant: closed (expected: not closed)");
    }
    return Optional.empty();
  }

  private static Decision<TenantEvent> register(
      TenantState state, TenantCommand.Register c, Context context) {
    var quotas = c.quotas().orElse(c.plan().quotas());
    var event =
        new TenantEvent.Registered(
            c.name(),
            c.creditCode(),
            c.division(),
            c.disasterClass(),
            c.plan(),
            quotas,
            c.contacts(),
            context.now());
    if (state.status() != Status.VACANT) {
      return state.isAsIn(event)
          ? Decision.accept()
          : Decision.refuse(
              TenantRefusal.TENANT_ALREADY_REGISTERED,
              "tenant: registered as "
                  + state.creditCode()
                  + " with other content (expected: the"
                  + " same content, or a vacant identifier)");
    }
    var codeFault = SocialCreditCode.fault(c.creditCode());
    if (codeFault.isPresent()) {
      return Decision.refuse(TenantRefusal.TENANT_CREDIT_CODE_INVALID, codeFault.get());
    }
    if (!DivisionCode.isValid(c.division())) {
      return Decision.refuse(
          TenantRefusal.TENANT_DIVISION_INVALID,
          "division: " + c.division() + " (expected: six digits)");
    }
    return nameFault(c.name())
        .or(() -> quotaFault(quotas))
        .or(() -> contactFault(c.contacts()))
        .orElseGet(() -> Decision.accept(event));
  }

  private static Decision<TenantEvent> activate(TenantState state, Context context) {
    return switch (state.status()) {
      case REGISTERED -> Decision.accept(new TenantEvent.Activated(context.now()));
      case ACTIVE -> Decision.accept();
      default ->
          Decision.refuse(
              TenantRefusal.TENANT_SUSPENDED,
              "tenant: suspended (expected: registered; a suspended tenant is resumed)");
    };
  }

  private static Decision<TenantEvent> suspend(
      TenantState state, TenantCommand.Suspend c, Context context) {
    var missing = reasonFault(c.reason());
    if (missing.isPresent()) {
      return missing.get();
    }
    return switch (state.status()) {
      case ACTIVE -> Decision.accept(new TenantEvent.Suspended(c.reason(), context.now()));
      case SUSPENDED -> Decision.accept();
      default ->
          Decision.refuse(TenantRefusal.TENANT_NOT_ACTIVE, "tenant: registered (expected: active)");
    };
  }

  private static Decision<TenantEvent> resume(TenantState state, Context context) {
    return switch (state.status()) {
      case SUSPENDED -> Decision.accept(new TenantEvent.Resumed(context.now()));
      case ACTIVE -> Decision.accept();
      default ->
          Decision.refuse(
              TenantRefusal.TENANT_NOT_SUSPENDED, "tenant: registered (expected: suspended)");
    };
  }

  private static Decision<TenantEvent> close(
      TenantState state, TenantCommand.Close c, Context context) {
    if (state.status() == Status.CLOSED) {
      return Decision.accept();
    }
    if (c.retentionDays() < 1 || c.retentionDays() > LONGEST_RETENTION_DAYS) {
      return Decision.refuse(
          TenantRefusal.TENANT_RETENTION_INVALID,
          "retention: "
              + c.retentionDays()
              + " days (expected: 1 to "
              + LONGEST_RETENTION_DAYS
              + ")");
    }
    var until = context.now().plus(Duration.ofDays(c.retentionDays()));
    return reasonFault(c.reason())
        .orElseGet(() -> Decision.accept(new TenantEvent.Closed(c.reason(), until, context.now())));
  }

  private static Decision<TenantEvent> changePlan(
      TenantState state, TenantCommand.ChangePlan c, Context context) {
    var quotas = c.quotas().orElse(c.plan().quotas());
    if (c.plan() == state.plan() && quotas.equals(state.quotas())) {
      return Decision.accept();
    }
    return quotaFault(quotas)
        .orElseGet(
            () -> Decision.accept(new TenantEvent.PlanChanged(c.plan(), quotas, context.now())));
  }

  private static Decision<TenantEvent> changeContacts(
      TenantState state, TenantCommand.ChangeContacts c, Context context) {
    if (c.contacts().equals(state.contacts())) {
      return Decision.accept();
    }
    return contactFault(c.contacts())
        .orElseGet(
            () -> Decision.accept(new TenantEvent.ContactsChanged(c.contacts(), context.now())));
  }

  private static Decision<TenantEvent> rename(
      TenantState state, TenantCommand.Rename c, Context context) {
    if (c.name().equals(state.name())) {
      return Decision.accept();
    }
    return nameFault(c.name())
        .orElseGet(() -> Decision.accept(new TenantEvent.Renamed(c.name(), context.now())));
  }

  private static Optional<Decision<TenantEvent>> nameFault(LocalText name) {
    for (var text : List.of(name.zh(), name.en())) {
      if (text.isBlank() || text.length() > LONGEST_NAME) {
        return refused(
            TenantRefusal.TENANT_NAME_INVALID,
            "name: \"" + text + "\" (expected: 1 to " + LONGEST_NAME + " characters in zh and en)");
      }
    }
    return Optional.empty();
  }

  private static Optional<Decision<TenantEvent>> quotaFault(Quotas quotas) {
    if (quotas.appInstances() < 1
        || quotas.activeCases() < 1
        || quotas.requestsPerSecond() < 1
        || quotas.storedBytes() < 1) {
      return refused(
          TenantRefusal.TENANT_QUOTA_INVALID, "quotas: " + quotas + " (expected: each >= 1)");
    }
    return Optional.empty();
  }

  private static Optional<Decision<TenantEvent>> contactFault(List<Contact> contacts) {
    return Contacts.fault(contacts)
        .map(fault -> Decision.refuse(TenantRefusal.TENANT_CONTACT_INVALID, fault));
  }

  private static Optional<Decision<TenantEvent>> reasonFault(String reason) {
    return reason.isBlank() || reason.length() > LONGEST_TEXT
        ? refused(
            TenantRefusal.TENANT_REASON_MISSING,
            "reason: \"" + reason + "\" (expected: 1 to " + LONGEST_TEXT + " characters)")
        : Optional.empty();
  }

  private static Optional<Decision<TenantEvent>> refused(TenantRefusal code, String message) {
    return Optional.of(Decision.refuse(code, message));
  }

  @Override
  public TenantState evolve(TenantState state, TenantEvent event) {
    return state.after(event);
  }
}
