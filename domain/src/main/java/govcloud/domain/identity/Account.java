package govcloud.domain.identity;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.Refusal;
import govcloud.domain.RefusalCode;
import govcloud.domain.identity.AccountState.Kind;
import govcloud.domain.identity.AccountState.Status;
import govcloud.domain.sharing.CitizenNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An account of a person or a program. Whether a password fits is found out before and told; who
 * may come in is decided here, so that a code is good once and wrong attempts count in the whole
 * cloud. A refused attempt is an event: it is remembered and can be looked at.
 */
public final class Account implements Aggregate<AccountCommand, AccountEvent, AccountState> {

  /** How long a one-time code is good. */
  public static final Duration CODE_LIFE = Duration.ofMinutes(30);

  /** No key of a program is good for longer. */
  public static final Duration LONGEST_KEY_LIFE = Duration.ofDays(400);

  /**
   * The program whose key is the token of the installation. Of the first accounts it comes last:
   * with it a cloud has officers.
   */
  public static final String COMMAND_LINE = "command-line";

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_REASON = 1_000;

  @Override
  public String type() {
    return "account";
  }

  @Override
  public String status(AccountState state) {
    return state.status().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public AccountState initial() {
    return AccountState.VACANT;
  }

  @Override
  public Decision<AccountEvent> decide(
      AccountState state, AccountCommand command, Context context) {
    if (command instanceof AccountCommand.InEmergency c) {
      return EmergencyRoles.beyond(state, c.command())
          .orElseGet(() -> decide(state, c.command(), context));
    } else if (command instanceof AccountCommand.SignIn c) {
      return signIn(state, c, context.now());
    } else if (command instanceof AccountCommand.AcceptInvitation c) {
      return accept(state, c, context.now());
    } else if (command instanceof AccountCommand.UseSession c) {
      return state.session(c.session(), context.now()).isEmpty()
          ? Decision.accept()
          : Decision.accept(new AccountEvent.SessionUsed(c.session(), context.now()));
    } else if (command instanceof AccountCommand.EndSession c) {
      return endSession(state, c, context);
    }
    return ofOwnFactors(state, command, context.now())
        .or(() -> EmergencyRoles.decide(state, command, context))
        .or(() -> SecurityRecovery.decide(state, command, context))
        .or(() -> mayNot(state, command, context.actor()))
        .orElseGet(() -> managed(state, command, context));
  }

  private static Optional<Decision<AccountEvent>> ofOwnFactors(
      AccountState state, AccountCommand command, Instant now) {
    var decision =
        SecondFactors.decide(state, command, now)
            .or(() -> ProviderSignIn.decide(state, command, now));
    return decision.isPresent() && state.guard().isLocked(now)
        ? Optional.of(locked(state, now))
        : decision;
  }

  /** What an administrator asks of an account of somebody else. */
  private static Decision<AccountEvent> managed(
      AccountState state, AccountCommand command, Context context) {
    if (command instanceof AccountCommand.Invite c) {
      return invite(state, c, context.now());
    } else if (command instanceof AccountCommand.Enrol c) {
      return enrol(state, c, context.now());
    } else if (state.status() == Status.VACANT) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_NOT_FOUND, "account: vacant (expected: one that exists)");
    } else if (command instanceof AccountCommand.RenewInvitation c) {
      return renew(state, c, context);
    } else if (command instanceof AccountCommand.ReplaceKey c) {
      return replaceKey(state, c, context.now());
    } else if (command instanceof AccountCommand.ProveIdentity c) {
      return proveIdentity(state, c, context.now());
    } else if (command instanceof AccountCommand.ChangeRoles c) {
      return changeRoles(state, c, context.now());
    } else if (command instanceof AccountCommand.Suspend c) {
      return suspend(state, c, context.now());
    } else if (command instanceof AccountCommand.Resume) {
      return resume(state, context.now());
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  /** The platform makes the first accounts and renews codes until somebody came in by them. */
  private static Optional<Decision<AccountEvent>> mayNot(
      AccountState state, AccountCommand command, Actor actor) {
    var first =
        state.status() == Status.VACANT
            || (state.status() == Status.INVITED
                && state.credentials().cameInBy().isEmpty()
                && command instanceof AccountCommand.RenewInvitation);
    if (actor.role().equals(Roles.SECURITY) || (actor.role().equals(Actor.PLATFORM) && first)) {
      return Optional.empty();
    }
    return refused(
        AccountRefusal.ACCOUNT_SECURITY_ONLY,
        "role: " + actor.role() + " (expected: " + Roles.SECURITY + ")");
  }

  private static Decision<AccountEvent> invite(
      AccountState state, AccountCommand.Invite c, Instant now) {
    return taken(state)
        .or(() -> nameFault(c.name()))
        .or(() -> rolesFault(c.tenant(), c.roles()))
        .orElseGet(
            () ->
                Decision.accept(
                    new AccountEvent.Invited(
                        c.name(), c.tenant(), c.roles(), c.codeHash(), now.plus(CODE_LIFE), now)));
  }

  private static Decision<AccountEvent> enrol(
      AccountState state, AccountCommand.Enrol c, Instant now) {
    if (!c.roles().stream().allMatch(Roles::isForPrograms)) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_ROLES_INVALID,
          "roles: "
              + c.roles()
              + " of a program (expected: neither a duty of an administrator nor a citizen)");
    }
    return taken(state)
        .or(() -> nameFault(c.name()))
        .or(() -> rolesFault(c.tenant(), c.roles()))
        .or(() -> expiryFault(c.keyExpiresAt(), now))
        .orElseGet(
            () ->
                Decision.accept(
                    new AccountEvent.Enrolled(
                        c.name(), c.tenant(), c.roles(), c.keyHash(), c.keyExpiresAt(), now)));
  }

  private static Decision<AccountEvent> renew(
      AccountState state, AccountCommand.RenewInvitation c, Context context) {
    var until = context.now().plus(CODE_LIFE);
    return kindFault(state, Kind.PERSON)
        .orElseGet(
            () ->
                Decision.accept(
                    new AccountEvent.InvitationRenewed(c.codeHash(), until, context.now())));
  }

  private static Decision<AccountEvent> proveIdentity(
      AccountState state, AccountCommand.ProveIdentity c, Instant now) {
    if (!CitizenNumber.isValid(c.number().value())) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_IDENTITY_INVALID,
          "number: not one of a citizen (expected: 17 digits and the right check character)");
    }
    if (state.citizen().isPresent() || !isCitizenOrStaff(state)) {
      return state.citizen().filter(c.number()::equals).isPresent()
          ? Decision.accept()
          : Decision.refuse(
              AccountRefusal.ACCOUNT_IDENTITY_OTHER,
              "account: with the roles "
                  + state.roles()
                  + state.citizen().map(known -> " of another citizen").orElse("")
                  + " (expected: a citizen's or one of a department's staff, and nobody else's)");
    }
    return Decision.accept(new AccountEvent.IdentityProved(c.number(), now));
  }

  /** Of staff it is known so that supervisors see who looks up themselves or colleagues. */
  private static boolean isCitizenOrStaff(AccountState state) {
    return state.roles().contains(Roles.CITIZEN)
        || (state.kind() == Kind.PERSON && state.tenant().isPresent());
  }

  private static Decision<AccountEvent> replaceKey(
      AccountState state, AccountCommand.ReplaceKey c, Instant now) {
    return kindFault(state, Kind.PROGRAM)
        .or(() -> expiryFault(c.keyExpiresAt(), now))
        .orElseGet(
            () ->
                Decision.accept(new AccountEvent.KeyReplaced(c.keyHash(), c.keyExpiresAt(), now)));
  }

  private static Decision<AccountEvent> changeRoles(
      AccountState state, AccountCommand.ChangeRoles c, Instant now) {
    var inEmergency = state.emergency().filter(one -> one.isOn(now)).isPresent();
    if (c.tenant().equals(state.tenant()) && c.roles().equals(state.roles()) && !inEmergency) {
      return Decision.accept();
    }
    var dutyOfProgram =
        state.kind() == Kind.PROGRAM && !c.roles().stream().allMatch(Roles::isForPrograms);
    return (dutyOfProgram ? kindFault(state, Kind.PERSON) : rolesFault(c.tenant(), c.roles()))
        .orElseGet(
            () -> Decision.accept(new AccountEvent.RolesChanged(c.tenant(), c.roles(), now)));
  }

  private static Decision<AccountEvent> suspend(
      AccountState state, AccountCommand.Suspend c, Instant now) {
    if (c.reason().isBlank() || c.reason().length() > LONGEST_REASON) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_REASON_MISSING,
          "reason: \"" + c.reason() + "\" (expected: 1 to " + LONGEST_REASON + " characters)");
    }
    return switch (state.status()) {
      case SUSPENDED -> Decision.accept();
      // An invitation is withdrawn: its code lets nobody in any more.
      case ACTIVE, INVITED -> Decision.accept(new AccountEvent.Suspended(c.reason(), now));
      default ->
          Decision.refuse(
              AccountRefusal.ACCOUNT_STATUS_WRONG, "account: vacant (expected: active)");
    };
  }

  private static Decision<AccountEvent> resume(AccountState state, Instant now) {
    if (state.status() == Status.SUSPENDED && state.credentials().invitation().isPresent()) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_STATUS_WRONG,
          "account: of a withdrawn invitation (expected: invited again)");
    }
    return switch (state.status()) {
      case ACTIVE -> Decision.accept();
      case SUSPENDED -> Decision.accept(new AccountEvent.Resumed(now));
      default ->
          Decision.refuse(
              AccountRefusal.ACCOUNT_STATUS_WRONG, "account: invited (expected: suspended)");
    };
  }

  private static Decision<AccountEvent> endSession(
      AccountState state, AccountCommand.EndSession c, Context context) {
    List<AccountEvent> ended =
        state.sessions().stream()
            .filter(session -> session.isAlive(context.now()) && c.isFor(session))
            .<AccountEvent>map(
                session -> new AccountEvent.SessionEnded(session.id(), context.now()))
            .toList();
    return new Decision.Accepted<>(ended);
  }

  private static Decision<AccountEvent> signIn(
      AccountState state, AccountCommand.SignIn c, Instant now) {
    if (state.guard().isLocked(now)) {
      return locked(state, now);
    }
    return signInFault(state, c)
        .map(fault -> refuse(state, fault, c.source(), now))
        .orElseGet(
            () ->
                Decision.accept(
                    new AccountEvent.SignedIn(
                        c.session(), c.tokenHash(), c.totpStep(), c.source(), now)));
  }

  private static Optional<SignInFault> signInFault(AccountState state, AccountCommand.SignIn c) {
    var password = passwordFault(state, c.verified());
    if (password.isPresent()) {
      return password;
    } else if (c.totpStep() < 1) {
      return Optional.of(SignInFault.SECOND_FACTOR_WRONG);
    } else if (c.totpStep() <= state.credentials().totpStep()) {
      return Optional.of(SignInFault.SECOND_FACTOR_USED);
    }
    return Optional.empty();
  }

  /** Why a password does not show that it is the person whom the account is for. */
  static Optional<SignInFault> passwordFault(AccountState state, Optional<Secret> verified) {
    if (state.status() == Status.VACANT || state.kind() != Kind.PERSON) {
      return Optional.of(SignInFault.ACCOUNT_UNKNOWN);
    } else if (verified.isEmpty() || !verified.equals(state.credentials().verifier())) {
      return Optional.of(
          state.status() == Status.INVITED ? SignInFault.NOT_ACTIVE : SignInFault.PASSWORD_WRONG);
    }
    return state.status() == Status.ACTIVE ? Optional.empty() : Optional.of(SignInFault.NOT_ACTIVE);
  }

  private static Decision<AccountEvent> accept(
      AccountState state, AccountCommand.AcceptInvitation c, Instant now) {
    if (state.guard().isLocked(now)) {
      return locked(state, now);
    }
    if (!state.credentials().isInvitedBy(c.codeHash(), now) || state.status() != Status.INVITED) {
      return refuse(state, SignInFault.INVITATION_WRONG, c.source(), now);
    }
    return Decision.accept(
        new AccountEvent.InvitationAccepted(c.verifier(), c.totpSecret(), c.source(), now));
  }

  static Decision<AccountEvent> refuse(
      AccountState state, SignInFault fault, String source, Instant now) {
    var events = new ArrayList<AccountEvent>();
    events.add(new AccountEvent.SignInRefused(fault, source, now));
    state
        .guard()
        .nextLockout()
        .ifPresent(
            lockout ->
                events.add(
                    new AccountEvent.LockedOut(
                        now.plus(lockout), state.guard().failures() + 1, now)));
    return new Decision.Accepted<>(events);
  }

  private static Decision<AccountEvent> locked(AccountState state, Instant now) {
    var left = Duration.between(now, state.guard().lockedUntil().orElseThrow()).toSeconds() + 1;
    return new Decision.Refused<>(
        Refusal.of(
                AccountRefusal.SIGN_IN_LOCKED,
                "sign-in: locked after too many wrong attempts (expected: to wait)")
            .with("retry_after", Long.toString(left)));
  }

  private static Optional<Decision<AccountEvent>> taken(AccountState state) {
    return state.status() == Status.VACANT
        ? Optional.empty()
        : refused(
            AccountRefusal.ACCOUNT_ALREADY_EXISTS,
            "account: " + state.name() + " has it (expected: a vacant name)");
  }

  private static Optional<Decision<AccountEvent>> kindFault(AccountState state, Kind expected) {
    return state.kind() == expected
        ? Optional.empty()
        : refused(
            AccountRefusal.ACCOUNT_KIND_WRONG,
            "account: of a "
                + state.kind().name().toLowerCase(Locale.ROOT)
                + " (expected: of a "
                + expected.name().toLowerCase(Locale.ROOT)
                + ")");
  }

  private static Optional<Decision<AccountEvent>> nameFault(String name) {
    return name.isBlank() || name.length() > LONGEST_NAME
        ? refused(
            AccountRefusal.ACCOUNT_NAME_INVALID,
            "name: \"" + name + "\" (expected: 1 to " + LONGEST_NAME + " characters)")
        : Optional.empty();
  }

  private static Optional<Decision<AccountEvent>> rolesFault(
      Optional<String> tenant, List<String> roles) {
    if (Roles.mixDuties(roles)) {
      return refused(
          AccountRefusal.ACCOUNT_DUTIES_EXCLUSIVE,
          "roles: " + roles + " (expected: a duty of an administrator, or a citizen, alone)");
    }
    return Roles.fault(tenant, roles)
        .map(fault -> Decision.refuse(AccountRefusal.ACCOUNT_ROLES_INVALID, fault));
  }

  private static Optional<Decision<AccountEvent>> expiryFault(Instant expiresAt, Instant now) {
    return expiresAt.isAfter(now) && !expiresAt.isAfter(now.plus(LONGEST_KEY_LIFE))
        ? Optional.empty()
        : refused(
            AccountRefusal.ACCOUNT_KEY_EXPIRY_INVALID,
            "key: expires at "
                + expiresAt
                + " (expected: within "
                + LONGEST_KEY_LIFE.toDays()
                + " days)");
  }

  private static Optional<Decision<AccountEvent>> refused(RefusalCode code, String message) {
    return Optional.of(Decision.refuse(code, message));
  }

  @Override
  public AccountState evolve(AccountState state, AccountEvent event) {
    return state.after(event);
  }
}
