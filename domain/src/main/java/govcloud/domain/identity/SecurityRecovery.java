package govcloud.domain.identity;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.identity.AccountState.Kind;
import govcloud.domain.identity.AccountState.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a security administrator is invited again whom nobody is left to invite. That two people
 * signed, and that no other one can come in, is known by the platform; that this one does not come
 * in is known here.
 */
final class SecurityRecovery {

  private SecurityRecovery() {}

  static Optional<Decision<AccountEvent>> decide(
      AccountState state, AccountCommand command, Context context) {
    return command instanceof AccountCommand.Recover c
        ? Optional.of(decide(state, c, context))
        : Optional.empty();
  }

  private static Decision<AccountEvent> decide(
      AccountState state, AccountCommand.Recover c, Context context) {
    if (!context.actor().role().equals(Actor.PLATFORM)) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_RECOVERY_UNSIGNED,
          "role: " + context.actor().role() + " (expected: two people's signatures)");
    } else if (state.status() == Status.VACANT) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_NOT_FOUND, "account: vacant (expected: one that exists)");
    } else if (state.kind() != Kind.PERSON || !state.roles().equals(List.of(Roles.SECURITY))) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_ROLES_INVALID,
          "roles: " + state.roles() + " (expected: " + Roles.SECURITY + ")");
    }
    return invited(state, c, context.now());
  }

  /** The same signatures invite once: whoever came in by them, or without them, stays in. */
  private static Decision<AccountEvent> invited(
      AccountState state, AccountCommand.Recover c, Instant now) {
    var in = state.credentials();
    var until = c.signedAt().plus(Account.CODE_LIFE);
    if (in.invitation().filter(code -> code.codeHash().equals(c.codeHash())).isPresent()
        || in.cameInBy().filter(c.codeHash()::equals).isPresent()
        || in.verifierSince().filter(since -> since.isAfter(c.signedAt())).isPresent()) {
      return Decision.accept();
    } else if (!now.isBefore(until)) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_RECOVERY_LATE,
          "code: good until " + until + " (expected: to be asked for anew)");
    } else if (state.sessions().stream().anyMatch(session -> session.isAlive(now))) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_RECOVERY_NEEDLESS,
          "account: signed in (expected: one whose person cannot come in)");
    }
    return Decision.accept(new AccountEvent.InvitationRenewed(c.codeHash(), until, now));
  }
}
