package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Passkey;
import govcloud.domain.identity.Roles;
import govcloud.domain.identity.SignInFault;
import govcloud.node.http.Visit;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Passkeys, and what else a person does with the factors of their own account. */
final class OwnFactors {

  private final SignIns signIns;
  private final PasskeyCeremony ceremony;
  private final Chance chance;
  private final InstantSource clock;

  OwnFactors(SignIns signIns, PasskeyCeremony ceremony, Chance chance, InstantSource clock) {
    this.signIns = signIns;
    this.ceremony = ceremony;
    this.chance = chance;
    this.clock = clock;
  }

  /**
   * What somebody asks who has signed in.
   *
   * @param password the present one, as it was given
   */
  record Wish(String account, String session, String password, Visit visit) {
    Wish {
      visit.isBy(new Actor(account, Roles.SELF));
    }

    SignIns.Attempt attempt() {
      return new SignIns.Attempt(account, password, "", visit);
    }
  }

  /** What a browser is asked for instead of a code, as JSON; fails with a problem. */
  CompletionStage<String> challengeForSignIn(SignIns.Attempt attempt) {
    return challenge(attempt, Passkey.Purpose.SIGN_IN);
  }

  /** What a browser is asked to make, as JSON; fails with a problem. */
  CompletionStage<String> challengeForRegistration(Wish wish) {
    return challenge(wish.attempt(), Passkey.Purpose.REGISTRATION);
  }

  private CompletionStage<String> challenge(SignIns.Attempt attempt, Passkey.Purpose purpose) {
    var challenge = chance.challenge();
    var hash = Chance.hash(challenge);
    return signIns
        .watch(
            attempt,
            () ->
                signIns
                    .checked(attempt)
                    .thenCompose(
                        verified ->
                            change(
                                attempt,
                                new AccountCommand.ChallengePasskey(
                                    verified, purpose, hash, attempt.source()),
                                state ->
                                    state.credentials().isGood(purpose, hash, clock.instant()))))
        .thenApply(
            state ->
                purpose == Passkey.Purpose.SIGN_IN
                    ? ceremony.request(attempt.account(), state, challenge)
                    : ceremony.creation(attempt.account(), state, challenge));
  }

  /** Begins a session by the answer to a challenge; fails with a problem. */
  CompletionStage<SignIns.Begun> signIn(SignIns.Attempt attempt, String answer) {
    signIns.limit(attempt.source());
    return signIns.letIn(attempt, () -> begun(attempt, answer));
  }

  private CompletionStage<SignIns.Begun> begun(SignIns.Attempt attempt, String answer) {
    var token = chance.token(attempt.account());
    var hash = Chance.hash(token);
    return signIns
        .read(attempt.account())
        .thenApply(state -> ceremony.answered(attempt.account(), state, answer))
        .thenCompose(
            answered ->
                signIns
                    .requireOpenDepartment(attempt, state -> answered.fault().isEmpty())
                    .thenApply(open -> answered))
        .thenCompose(
            answered ->
                change(
                    attempt,
                    new AccountCommand.SignInByPasskey(
                        answered.challengeHash(),
                        answered.fault(),
                        answered.passkey(),
                        answered.counter(),
                        chance.sessionId(),
                        hash,
                        attempt.source()),
                    state -> state.sessionOf(hash, clock.instant()).isPresent()))
        .thenApply(
            state ->
                new SignIns.Begun(
                    token, state.sessionOf(hash, clock.instant()).orElseThrow(), state));
  }

  /** Adds the passkey that a browser has made; fails with a problem. */
  CompletionStage<AccountState> add(Wish wish, String name, String answer) {
    return signIns
        .read(wish.account())
        .thenApply(state -> ceremony.made(wish.account(), state, answer))
        .thenCompose(
            made ->
                change(
                    wish.attempt(),
                    new AccountCommand.AddPasskey(
                        made.challengeHash(), made.id(), name, made.publicKey(), made.counter()),
                    state -> state.credentials().passkey(made.id()).isPresent()));
  }

  /** Takes a second factor away; fails with a problem. */
  CompletionStage<AccountState> remove(Wish wish, String factor) {
    var attempt = wish.attempt();
    var isTotp = factor.equals(AccountCommand.RemoveSecondFactor.TOTP);
    return signIns
        .checked(attempt)
        .thenCompose(
            verified ->
                change(
                    attempt,
                    new AccountCommand.RemoveSecondFactor(verified, factor, attempt.source()),
                    state ->
                        isTotp
                            ? state.credentials().totpSecret().isEmpty()
                            : state.credentials().passkey(factor).isEmpty()));
  }

  /** Chooses another password, which ends all other sessions; fails with a problem. */
  CompletionStage<AccountState> changePassword(Wish wish, String next) {
    var attempt = wish.attempt();
    return signIns
        .read(wish.account())
        .thenCompose(state -> changed(wish, state, next))
        .thenCompose(
            command ->
                change(
                    attempt,
                    command,
                    state ->
                        state.credentials().verifier().equals(Optional.of(command.verifier()))));
  }

  /** Whether the password was used before is told to nobody but who knows the present one. */
  private CompletionStage<AccountCommand.ChangePassword> changed(
      Wish wish, AccountState state, String next) {
    var attempt = wish.attempt();
    // The limit of attempts comes before the work of hashing.
    return signIns
        .checked(attempt)
        .thenCombine(
            signIns.chosen(wish.account(), state, next),
            (verified, verifier) ->
                new AccountCommand.ChangePassword(
                    verified, verifier, wish.session(), attempt.source()))
        .thenCompose(
            command ->
                command.verified().isEmpty()
                    ? CompletableFuture.completedStage(command)
                    : signIns.requireNew(state, next).thenApply(done -> command));
  }

  /** What was asked for is done if the account then says so; else its guard says why not. */
  private CompletionStage<AccountState> change(
      SignIns.Attempt attempt, AccountCommand command, Predicate<AccountState> isDone) {
    return signIns
        .change(attempt, command)
        .thenApply(
            state -> {
              if (!isDone.test(state)) {
                throw SignIns.refused(
                        state.guard().lastFault().or(() -> Optional.of(SignInFault.NOT_ACTIVE)),
                        attempt)
                    .asException();
              }
              return state;
            });
  }
}
