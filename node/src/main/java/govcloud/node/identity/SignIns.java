package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountCommand.ProviderAnswer;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Roles;
import govcloud.domain.identity.Secret;
import govcloud.domain.identity.Session;
import govcloud.domain.identity.SignInFault;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.http.RateLimits;
import govcloud.node.http.Visit;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Lets people in. Whoever is kept out hears the same sentence after the same work, whether there is
 * such an account or not; the reason is in the account's history.
 */
final class SignIns {

  private static final long ATTEMPTS_A_SECOND = 5;

  private final Entities entities;
  private final SignInThreads threads;
  private final Chance chance;
  private final TotpSecrets secrets;
  private final PasswordRules rules;
  private final RateLimits sources;
  private final Gateways gateways;
  private final SourceGuard guard;
  private final Departments departments;
  private final InstantSource clock;

  /**
   * Nobody is in yet.
   *
   * @param secrets of authenticators, as they are kept
   * @param sources limits the attempts from one address
   * @param gateways whose attempts are not limited
   */
  SignIns(
      Entities entities,
      SignInThreads threads,
      Chance chance,
      TotpSecrets secrets,
      PasswordRules rules,
      RateLimits sources,
      Gateways gateways,
      InstantSource clock) {
    this.entities = entities;
    this.threads = threads;
    this.chance = chance;
    this.secrets = secrets;
    this.rules = rules;
    this.sources = sources;
    this.gateways = gateways;
    this.guard = new SourceGuard(entities, gateways, clock);
    this.departments = new Departments(entities);
    this.clock = clock;
  }

  /** What somebody gives who wants in. */
  record Attempt(String account, String password, String code, Visit visit) {
    Attempt {
      visit.isBy(new Actor(account, Roles.VISITOR));
    }

    String source() {
      return visit.source();
    }
  }

  /** A session that has begun; the token is told now and never again. */
  record Begun(String token, Session session, AccountState account) {}

  /** What somebody gets who has come in for the first time. */
  record Enrolled(String totpSecret) {}

  /** Begins a session; fails with a problem. */
  CompletionStage<Begun> signIn(Attempt attempt) {
    limit(attempt.source());
    return guard.letIn(
        attempt,
        () ->
            read(attempt.account())
                .thenCompose(account -> verified(account, attempt))
                .thenCompose(prepared -> begin(prepared, attempt)));
  }

  /** Begins a session by what an identity provider says; fails with a problem. */
  CompletionStage<Begun> signIn(ProviderAnswer answer, Attempt attempt) {
    var token = chance.token(attempt.account());
    var command =
        new AccountCommand.SignInByProvider(
            answer, chance.sessionId(), Chance.hash(token), attempt.source());
    return guard.letIn(
        attempt,
        () ->
            begin(
                new Prepared(
                    command, token, state -> isLinked(state, answer), SignIns::refusedByProvider),
                attempt));
  }

  private static boolean isLinked(AccountState state, ProviderAnswer answer) {
    var linked = state.credentials().provider();
    return linked.isPresent() && linked.equals(answer.identity());
  }

  /** Comes in for the first time by what an identity provider says; fails with a problem. */
  CompletionStage<AccountState> firstVisit(
      String codeHash, ProviderAnswer answer, Attempt attempt) {
    var command = new AccountCommand.LinkProvider(new Secret(codeHash), answer, attempt.source());
    return guard.watch(
        attempt, () -> change(attempt, command).thenApply(state -> linked(state, answer, attempt)));
  }

  private static AccountState linked(AccountState state, ProviderAnswer answer, Attempt attempt) {
    if (!isLinked(state, answer)) {
      throw refusedByProvider(state, attempt).asException();
    }
    return state;
  }

  /** Does something that needs a password, as long as its source is heard; fails with a problem. */
  <T> CompletionStage<T> watch(Attempt attempt, Supplier<CompletionStage<T>> work) {
    return guard.watch(attempt, work);
  }

  /** Lets somebody in, as long as the source is heard; fails with a problem. */
  <T> CompletionStage<T> letIn(Attempt attempt, Supplier<CompletionStage<T>> work) {
    return guard.letIn(attempt, work);
  }

  void limit(String source) {
    if (gateways.has(source)) {
      return;
    }
    var grant = sources.take(source, ATTEMPTS_A_SECOND);
    if (!grant.allowed()) {
      throw Problem.of(
              BorderCode.SIGN_IN_BUSY,
              "sign-ins: too many from one address (expected: <= %d a second)"
                  .formatted(ATTEMPTS_A_SECOND))
          .header("Retry-After", Long.toString(grant.retryAfter()))
          .asException();
    }
  }

  /** What somebody is told who is kept out. */
  private interface Out {
    Problem of(AccountState state, Attempt attempt);
  }

  /**
   * An attempt that was looked at.
   *
   * @param proved whether it shows that it is the person whom the account is for
   */
  private record Prepared(
      AccountCommand command, String token, Predicate<AccountState> proved, Out out) {}

  /**
   * Compares with a verifier in any case, so that nobody can tell by the time that there is none.
   */
  private CompletionStage<Prepared> verified(AccountState account, Attempt attempt) {
    return threads.run(
        () -> {
          var verified = fitting(account, attempt.password());
          var step =
              account
                  .credentials()
                  .totpSecret()
                  .map(kept -> secrets.open(attempt.account(), kept))
                  .map(secret -> Totp.step(secret, attempt.code(), clock.instant()))
                  .orElse(0L);
          var token = chance.token(attempt.account());
          return new Prepared(
              new AccountCommand.SignIn(
                  verified, step, chance.sessionId(), Chance.hash(token), attempt.source()),
              token,
              state -> verified.isPresent() && step > state.credentials().totpStep(),
              (state, tried) -> refused(state.guard().lastFault(), tried));
        });
  }

  private CompletionStage<Begun> begin(Prepared prepared, Attempt attempt) {
    return requireOpenDepartment(attempt, prepared.proved())
        .thenCompose(open -> ask(attempt.account(), prepared.command(), attempt.visit().traceId()))
        .thenApply(
            answer -> {
              var state = accepted(answer);
              var session = state.sessionOf(Chance.hash(prepared.token()), clock.instant());
              return session
                  .map(open -> new Begun(prepared.token(), open, state))
                  .orElseThrow(() -> prepared.out().of(state, attempt).asException());
            });
  }

  /**
   * Completes if the department of the account, if it has one, is not suspended; else fails with
   * the problem of a wrong password, after the same work. It is an attempt that counts at its
   * source unless everything else about it was right: nobody learns by the counting whether a
   * password is.
   *
   * @param proved whether everything else is right
   */
  CompletionStage<Void> requireOpenDepartment(Attempt attempt, Predicate<AccountState> proved) {
    return read(attempt.account())
        .thenCompose(
            account ->
                departments
                    .of(account)
                    .thenAccept(
                        home -> {
                          if (!home.letsIn()) {
                            throw keptOut(attempt, proved.test(account));
                          }
                        }));
  }

  private static RuntimeException keptOut(Attempt attempt, boolean proved) {
    attempt.visit().refusedFor("DEPARTMENT_SUSPENDED");
    var told = refused(Optional.empty(), attempt).asException();
    return proved ? new DepartmentClosed(told) : told;
  }

  /** The account as it is now. */
  CompletionStage<AccountState> read(String account) {
    return entities.<AccountState>read(Visitors.id(account)).thenApply(answer -> answer.state());
  }

  /** The verifier that the password fits, after the same work whether there is one or not. */
  CompletionStage<Optional<Secret>> checked(Attempt attempt) {
    limit(attempt.source());
    return read(attempt.account())
        .thenCompose(account -> threads.run(() -> fitting(account, attempt.password())));
  }

  private static Optional<Secret> fitting(AccountState account, String password) {
    var verifier = account.credentials().verifier();
    var fits = Passwords.fits(password, verifier.orElse(Passwords.NOBODY));
    return fits ? verifier : Optional.empty();
  }

  /**
   * The verifier of a new password that keeps the rules; fails with a problem.
   *
   * @param state of the account as far as who asks may know it
   */
  CompletionStage<Secret> chosen(String account, AccountState state, String password) {
    return threads.run(
        () -> {
          rules.require(account, state, password);
          return Passwords.verifier(password, chance.salt());
        });
  }

  /** Completes if it is none of the last passwords; fails with a problem. */
  CompletionStage<Void> requireNew(AccountState state, String password) {
    return threads.run(
        () -> {
          rules.requireNew(state, password);
          return null;
        });
  }

  /** What an account is after a command that it has accepted; fails with a problem. */
  CompletionStage<AccountState> change(Attempt attempt, AccountCommand command) {
    return ask(attempt.account(), command, attempt.visit().traceId()).thenApply(SignIns::accepted);
  }

  /** Comes in with a one-time code and chooses a password; fails with a problem. */
  CompletionStage<Enrolled> firstVisit(Attempt attempt) {
    limit(attempt.source());
    return guard.watch(attempt, () -> enrolled(attempt));
  }

  private CompletionStage<Enrolled> enrolled(Attempt attempt) {
    var secret = chance.totpSecret();
    var kept = secrets.seal(attempt.account(), secret);
    return read(attempt.account())
        .thenApply(
            state ->
                state.credentials().isInvitedBy(codeHash(attempt.code()), clock.instant())
                    ? state
                    : AccountState.VACANT)
        .thenCompose(
            state ->
                chosen(attempt.account(), state, attempt.password())
                    .thenCombine(
                        requireNew(state, attempt.password()), (verifier, done) -> verifier))
        .thenCompose(
            verifier ->
                ask(
                    attempt.account(),
                    new AccountCommand.AcceptInvitation(
                        codeHash(attempt.code()), verifier, kept, attempt.source()),
                    attempt.visit().traceId()))
        .thenApply(
            answer -> {
              var given = accepted(answer).credentials().totpSecret();
              if (given.filter(kept::equals).isEmpty()) {
                throw refused(Optional.of(SignInFault.INVITATION_WRONG), attempt).asException();
              }
              return new Enrolled(secret);
            });
  }

  /** The hash of a one-time code, however it was typed. */
  static Secret codeHash(String code) {
    return new Secret(Chance.hash(code.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT)));
  }

  private CompletionStage<Answer<AccountState>> ask(
      String account, AccountCommand command, String trace) {
    return entities.ask(
        Visitors.id(account),
        Request.of(command, new Actor(account, Roles.VISITOR)).tracedBy(trace));
  }

  private static AccountState accepted(Answer<AccountState> answer) {
    if (!answer.accepted()) {
      throw Problem.of(answer.refusal()).asException();
    }
    return answer.state();
  }

  static Problem refused(Optional<SignInFault> fault, Attempt attempt) {
    fault.ifPresent(why -> attempt.visit().refusedFor(why.name()));
    return fault.filter(SignInFault.SECOND_FACTOR_USED::equals).isPresent()
        ? Problem.of(
            BorderCode.SIGN_IN_CODE_USED,
            "code: used before (expected: the next one of the authenticator)")
        : Problem.of(
            BorderCode.SIGN_IN_REFUSED,
            "account, password or code: wrong (expected: all three right)");
  }

  private static Problem refusedByProvider(AccountState state, Attempt attempt) {
    state.guard().lastFault().ifPresent(why -> attempt.visit().refusedFor(why.name()));
    return Problem.of(
        BorderCode.PROVIDER_SIGN_IN_REFUSED,
        "account: not let in by what the identity provider says (expected: an account that is"
            + " linked to who has signed in there, with a second factor)");
  }
}
