package govcloud.domain.identity;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.identity.AccountState.Kind;
import govcloud.domain.identity.AccountState.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When an account gets a role in an emergency, and what such a role does not reach. That two people
 * signed is known by the platform.
 */
final class EmergencyRoles {

  private EmergencyRoles() {}

  static Optional<Decision<AccountEvent>> decide(
      AccountState state, AccountCommand command, Context context) {
    return command instanceof AccountCommand.GrantEmergency c
        ? Optional.of(decide(state, c, context))
        : Optional.empty();
  }

  /**
   * Why a command is not for somebody who decides on accounts for an hour: it gives a duty of an
   * administrator, or takes it or the way in from who has it or gives that back, for good. The
   * state that is decided on says who has one.
   */
  static Optional<Decision<AccountEvent>> beyond(AccountState state, AccountCommand command) {
    Stream<String> lasting = Stream.empty();
    if (command instanceof AccountCommand.Invite c) {
      lasting = c.roles().stream();
    } else if (command instanceof AccountCommand.ChangeRoles c) {
      lasting = Stream.concat(state.roles().stream(), c.roles().stream());
    } else if (command instanceof AccountCommand.RenewInvitation
        || command instanceof AccountCommand.Suspend
        || command instanceof AccountCommand.Resume) {
      lasting = state.roles().stream();
    }
    return lasting
        .filter(Roles.DUTIES::contains)
        .findFirst()
        .map(
            duty ->
                Decision.refuse(
                    AccountRefusal.ACCOUNT_EMERGENCY_DUTY,
                    "role: " + duty + ", decided on in an emergency (expected: no duty)"));
  }

  private static Decision<AccountEvent> decide(
      AccountState state, AccountCommand.GrantEmergency c, Context context) {
    if (!context.actor().role().equals(Actor.PLATFORM)) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_EMERGENCY_UNSIGNED,
          "role: " + context.actor().role() + " (expected: two people's signatures)");
    } else if (state.status() == Status.VACANT) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_NOT_FOUND, "account: vacant (expected: one that exists)");
    } else if (state.kind() != Kind.PERSON) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_KIND_WRONG, "account: of a program (expected: of a person)");
    } else if (state.status() != Status.ACTIVE) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_STATUS_WRONG, "account: not active (expected: active)");
    }
    return granted(state, c, context.now());
  }

  private static Decision<AccountEvent> granted(
      AccountState state, AccountCommand.GrantEmergency c, Instant now) {
    if (state.emergency().filter(one -> one.operation().equals(c.operation())).isPresent()) {
      return Decision.accept();
    }
    var on = state.emergency().filter(one -> one.isOn(now));
    if (on.isPresent()) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_EMERGENCY_ON,
          "account: " + on.get().role() + " until " + on.get().until() + " (expected: no other)");
    }
    var alien =
        c.role().equals(Roles.CITIZEN)
            || c.role().equals(Actor.IMPORTER)
            || state.roles().contains(Roles.CITIZEN)
            || state.roles().contains(c.role());
    if (alien) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_ROLES_INVALID,
          "role: "
              + c.role()
              + " beside "
              + state.roles()
              + " (expected: one that a person of staff does not have already)");
    }
    return Roles.fault(state.tenant(), List.of(c.role()))
        .<Decision<AccountEvent>>map(
            fault -> Decision.refuse(AccountRefusal.ACCOUNT_ROLES_INVALID, fault))
        .orElseGet(
            () ->
                Decision.accept(
                    new AccountEvent.EmergencyGranted(
                        c.role(), c.operation(), now.plus(EmergencyRole.LIFE), now)));
  }
}
