package govcloud.domain.identity;

import govcloud.domain.Decision;
import govcloud.domain.identity.AccountState.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Coming in through an identity provider. The account is linked by whoever has its one-time code,
 * so that a provider cannot give itself an account here; people of the platform are never linked,
 * so that they come in when the provider is away with a site.
 */
final class ProviderSignIn {

  private ProviderSignIn() {}

  /** The decision on such a command; none: it is another one. */
  static Optional<Decision<AccountEvent>> decide(
      AccountState state, AccountCommand command, Instant now) {
    if (command instanceof AccountCommand.LinkProvider c) {
      return Optional.of(link(state, c, now));
    } else if (command instanceof AccountCommand.SignInByProvider c) {
      return Optional.of(signIn(state, c, now));
    }
    return Optional.empty();
  }

  private static Decision<AccountEvent> link(
      AccountState state, AccountCommand.LinkProvider c, Instant now) {
    var invited =
        state.status() == Status.INVITED && state.credentials().isInvitedBy(c.codeHash(), now);
    if (!invited) {
      return Account.refuse(state, SignInFault.INVITATION_WRONG, c.source(), now);
    } else if (isLocalOnly(state)) {
      return Decision.refuse(
          AccountRefusal.ACCOUNT_LOCAL_ONLY,
          "account: with the roles "
              + state.roles()
              + " of the platform (expected: a department's or a citizen's; choose a password)");
    } else if (c.answer().fault().isPresent()) {
      return Account.refuse(state, c.answer().fault().get(), c.source(), now);
    }
    return Decision.accept(
        new AccountEvent.ProviderLinked(c.answer().identity().orElseThrow(), c.source(), now));
  }

  private static boolean isLocalOnly(AccountState state) {
    return state.tenant().isEmpty() && !state.roles().contains(Roles.CITIZEN);
  }

  private static Decision<AccountEvent> signIn(
      AccountState state, AccountCommand.SignInByProvider c, Instant now) {
    var fault = fault(state, c.answer());
    return fault.isPresent()
        ? Account.refuse(state, fault.get(), c.source(), now)
        : new Decision.Accepted<>(
            List.of(new AccountEvent.SignedIn(c.session(), c.tokenHash(), 0, c.source(), now)));
  }

  private static Optional<SignInFault> fault(
      AccountState state, AccountCommand.ProviderAnswer answer) {
    if (state.status() == Status.VACANT) {
      return Optional.of(SignInFault.ACCOUNT_UNKNOWN);
    } else if (state.status() != Status.ACTIVE) {
      return Optional.of(SignInFault.NOT_ACTIVE);
    } else if (answer.fault().isPresent()) {
      return answer.fault();
    }
    var linked = state.credentials().provider();
    return linked.isPresent() && linked.equals(answer.identity()) && !isLocalOnly(state)
        ? Optional.empty()
        : Optional.of(SignInFault.PROVIDER_IDENTITY_WRONG);
  }
}
