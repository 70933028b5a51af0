package govcloud.domain.identity;

import govcloud.domain.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a person does to the factors of their own account. Each change wants the present password,
 * and a wrong one counts like a wrong sign-in: a session that was stolen is not enough.
 */
final class SecondFactors {

  /** Names the authenticator of codes, beside the passkeys. */
  static final String TOTP = "totp";

  private static final int LONGEST_NAME = 64;

  private SecondFactors() {}

  /** The decision on such a command; none: it is another one. */
  static Optional<Decision<AccountEvent>> decide(
      AccountState state, AccountCommand command, Instant now) {
    if (command instanceof AccountCommand.ChallengePasskey c) {
      return Optional.of(challenge(state, c, now));
    } else if (command instanceof AccountCommand.AddPasskey c) {
      return Optional.of(add(state, c, now));
    } else if (command instanceof AccountCommand.SignInByPasskey c) {
      return Optional.of(signIn(state, c, now));
    } else if (command instanceof AccountCommand.CountPasskey c) {
      return Optional.of(count(state, c, now));
    } else if (command instanceof AccountCommand.RemoveSecondFactor c) {
      return Optional.of(remove(state, c, now));
    } else if (command instanceof AccountCommand.ChangePassword c) {
      return Optional.of(changePassword(state, c, now));
    }
    return Optional.empty();
  }

  private static Decision<AccountEvent> challenge(
      AccountState state, AccountCommand.ChallengePasskey c, Instant now) {
    var in = state.credentials();
    var fault =
        Account.passwordFault(state, c.verified())
            .or(
                () ->
                    c.purpose() == Passkey.Purpose.SIGN_IN && in.passkeys().isEmpty()
                        ? Optional.of(SignInFault.SECOND_FACTOR_WRONG)
                        : Optional.empty());
    if (fault.isPresent()) {
      return Account.refuse(state, fault.get(), c.source(), now);
    }
    if (c.purpose() == Passkey.Purpose.REGISTRATION && in.passkeys().size() >= Passkey.MOST) {
      return Decision.refuse(
          AccountRefusal.PASSKEYS_TOO_MANY,
          "passkeys: " + in.passkeys().size() + " (expected: < " + Passkey.MOST + ")");
    }
    return Decision.accept(
        new AccountEvent.PasskeyChallenged(
            c.purpose(), c.challengeHash(), now.plus(Passkey.CHALLENGE_LIFE), now));
  }

  private static Decision<AccountEvent> add(
      AccountState state, AccountCommand.AddPasskey c, Instant now) {
    var in = state.credentials();
    if (state.status() != AccountState.Status.ACTIVE
        || !in.isGood(Passkey.Purpose.REGISTRATION, c.challengeHash(), now)) {
      return Decision.refuse(
          AccountRefusal.PASSKEY_CHALLENGE_WRONG,
          "challenge: used, too old or not of this account (expected: one within "
              + Passkey.CHALLENGE_LIFE.toSeconds()
              + " s)");
    }
    if (c.name().isBlank() || c.name().length() > LONGEST_NAME) {
      return Decision.refuse(
          AccountRefusal.PASSKEY_NAME_INVALID,
          "name: \"" + c.name() + "\" (expected: 1 to " + LONGEST_NAME + " characters)");
    }
    if (in.passkey(c.id()).isPresent()) {
      return Decision.refuse(
          AccountRefusal.PASSKEY_ALREADY_ADDED, "passkey: added before (expected: another one)");
    }
    return Decision.accept(
        new AccountEvent.PasskeyAdded(
            c.challengeHash(), c.id(), c.name(), c.publicKey(), c.counter(), now));
  }

  private static Decision<AccountEvent> signIn(
      AccountState state, AccountCommand.SignInByPasskey c, Instant now) {
    var fault = challengeFault(state, c, now).or(c::fault).or(() -> passkeyFault(state, c));
    if (fault.isPresent()) {
      return Account.refuse(state, fault.get(), c.source(), now);
    }
    return new Decision.Accepted<>(
        List.of(
            new AccountEvent.PasskeyUsed(c.passkey(), c.counter(), c.challengeHash(), now),
            new AccountEvent.SignedIn(c.session(), c.tokenHash(), 0, c.source(), now)));
  }

  /** The challenge was given to somebody who knew the password. */
  private static Optional<SignInFault> challengeFault(
      AccountState state, AccountCommand.SignInByPasskey c, Instant now) {
    if (state.status() == AccountState.Status.VACANT) {
      return Optional.of(SignInFault.ACCOUNT_UNKNOWN);
    } else if (state.status() != AccountState.Status.ACTIVE) {
      return Optional.of(SignInFault.NOT_ACTIVE);
    }
    return state.credentials().isGood(Passkey.Purpose.SIGN_IN, c.challengeHash(), now)
        ? Optional.empty()
        : Optional.of(SignInFault.PASSKEY_CHALLENGE_WRONG);
  }

  private static Optional<SignInFault> passkeyFault(
      AccountState state, AccountCommand.SignInByPasskey c) {
    var passkey = state.credentials().passkey(c.passkey());
    if (passkey.isEmpty()) {
      return Optional.of(SignInFault.PASSKEY_UNKNOWN);
    }
    return passkey.get().admitsCounter(c.counter())
        ? Optional.empty()
        : Optional.of(SignInFault.PASSKEY_COUNTER_WRONG);
  }

  private static Decision<AccountEvent> count(
      AccountState state, AccountCommand.CountPasskey c, Instant now) {
    var admitted =
        state.credentials().passkey(c.passkey()).filter(one -> one.admitsCounter(c.counter()));
    return state.status() == AccountState.Status.ACTIVE && admitted.isPresent()
        ? Decision.accept(
            new AccountEvent.PasskeyUsed(c.passkey(), c.counter(), c.challengeHash(), now))
        : Decision.refuse(
            AccountRefusal.PASSKEY_COUNTER_WRONG,
            "counter: " + c.counter() + " (expected: of a passkey of the account, and to go on)");
  }

  private static Decision<AccountEvent> remove(
      AccountState state, AccountCommand.RemoveSecondFactor c, Instant now) {
    var fault = Account.passwordFault(state, c.verified());
    if (fault.isPresent()) {
      return Account.refuse(state, fault.get(), c.source(), now);
    }
    var in = state.credentials();
    var isTotp = c.factor().equals(TOTP);
    if (isTotp ? in.totpSecret().isEmpty() : in.passkey(c.factor()).isEmpty()) {
      return Decision.accept();
    }
    var left = in.passkeys().size() + (in.totpSecret().isPresent() ? 1 : 0) - 1;
    if (left == 0) {
      return Decision.refuse(
          AccountRefusal.SECOND_FACTOR_LAST,
          "second factors: this one alone (expected: another one that stays)");
    }
    return Decision.accept(
        isTotp
            ? new AccountEvent.TotpRemoved(now)
            : new AccountEvent.PasskeyRemoved(c.factor(), now));
  }

  private static Decision<AccountEvent> changePassword(
      AccountState state, AccountCommand.ChangePassword c, Instant now) {
    return Account.passwordFault(state, c.verified())
        .map(fault -> Account.refuse(state, fault, c.source(), now))
        .orElseGet(
            () ->
                Decision.accept(new AccountEvent.PasswordChanged(c.verifier(), c.session(), now)));
  }
}
