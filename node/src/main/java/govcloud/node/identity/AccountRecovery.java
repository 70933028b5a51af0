package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.Refusal;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountRefusal;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.AccountState.Status;
import govcloud.domain.identity.Credentials;
import govcloud.domain.identity.Roles;
import govcloud.domain.identity.Secret;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.OperationEvent;
import govcloud.domain.operation.OperationState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import govcloud.node.http.Token;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.operation.ApprovedWork;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Lets the only security administrator in again who has lost the second factor. Three have to
 * agree: whoever has the machine, by the token of the installation, makes the one-time code and
 * keeps it; the other two duties sign for its hash. So nobody of them can come in as that
 * administrator alone, and nobody at all while there is a security administrator who can come in.
 */
final class AccountRecovery implements ApprovedWork {

  private final Entities entities;
  private final Token token;
  private final ApprovalRequests requests;
  private final Holders holders;
  private final InstantSource clock;
  private final Consumer<String> alarm;

  /** Finds accounts of the platform's people by role. */
  interface Holders {
    /** Names of all who have it now, or had it a moment ago. */
    CompletionStage<List<String>> of(String role);
  }

  /**
   * Nobody has asked yet.
   *
   * @param token of the installation, which only whoever has the machine has
   * @param alarm told about each account that it is asked for, and again when it is invited
   */
  AccountRecovery(
      Entities entities,
      Token token,
      Holders holders,
      InstantSource clock,
      Consumer<String> alarm) {
    this.entities = entities;
    this.token = token;
    this.requests = new ApprovalRequests(entities, clock);
    this.holders = holders;
    this.clock = clock;
    this.alarm = alarm;
  }

  void register(Routes routes) {
    routes.on("recoverAccount", this::request);
  }

  private CompletionStage<HttpResponse> request(Call call) {
    if (!call.actor().person().equals(Account.COMMAND_LINE) || !call.actor().account().isEmpty()) {
      throw Problem.of(
              BorderCode.NOT_ALLOWED,
              "account: "
                  + call.actor().person()
                  + " (expected: "
                  + Account.COMMAND_LINE
                  + ", by the token of the installation)")
          .asException();
    }
    FirstAccounts.token(token, call);
    var wish = SignedWish.of(call, "code_hash");
    return requests
        .requestByAnyone(
            Commands.identifier("recovery-", call),
            DangerousCommand.RECOVER_SECURITY,
            wish.subject(),
            this,
            call.actor(),
            call.dryRun())
        .thenApply(
            operation -> {
              if (!call.dryRun()) {
                tell(wish, "is to be invited again");
              }
              return ApprovalRequests.asked(operation);
            });
  }

  private void tell(SignedWish wish, String what) {
    alarm.accept("/v1/accounts/" + wish.account() + " " + what);
  }

  @Override
  public CompletionStage<?> check(String subject, Actor actor) {
    var wish = SignedWish.of(subject);
    return entities
        .<AccountState>read(Visitors.id(actor.person()))
        .thenAccept(answer -> EmergencyAccess.requireOwnDuty(answer.state(), actor))
        .thenCompose(own -> invite(wish, clock.instant(), true));
  }

  @Override
  public CompletionStage<?> begin(String operation, String subject, Actor actor) {
    var wish = SignedWish.of(subject);
    return entities
        .<OperationState>read(ApprovalRequests.id(operation))
        .thenCompose(answer -> invite(wish, signedAt(answer.state()), false))
        .<Object>thenCompose(
            answer -> {
              tell(wish, "was invited again");
              var until = answer.state().credentials().invitation();
              var result =
                  wish.account()
                      + until.map(code -> ": invited until " + code.expiresAt()).orElse(": is in");
              return ApprovalRequests.succeed(entities, operation, result).thenApply(end -> end);
            })
        .exceptionallyCompose(failure -> ApprovalRequests.failed(entities, operation, failure));
  }

  /** Of an operation that has begun. */
  private static Instant signedAt(OperationState state) {
    return state.signatures().stream()
        .skip(DangerousCommand.SIGNERS - 1L)
        .findFirst()
        .map(OperationEvent.Signed::at)
        .orElse(Instant.EPOCH);
  }

  private CompletionStage<Answer<AccountState>> invite(
      SignedWish wish, Instant signedAt, boolean dry) {
    var command = new AccountCommand.Recover(new Secret(wish.what()), signedAt);
    return requireNobodyElse(wish.account())
        .thenCompose(
            nobody ->
                entities.<AccountState>ask(
                    Visitors.id(wish.account()), Request.of(command, Actor.platform()).dryRun(dry)))
        .thenApply(Commands::accepted);
  }

  /**
   * Completes where no other security administrator can come in, as the accounts say themselves.
   * The list only names whom to ask: one that is being built again names some, or nobody.
   */
  private CompletionStage<Void> requireNobodyElse(String account) {
    return holders
        .of(Roles.SECURITY)
        .thenCompose(
            names -> {
              CompletionStage<Void> none = CompletableFuture.completedStage(null);
              var asked = new LinkedHashSet<>(names);
              asked.addAll(FirstAccounts.administrators());
              for (var name : asked) {
                if (!name.equals(account)) {
                  none =
                      none.thenCombine(
                          entities.<AccountState>read(Visitors.id(name)),
                          (before, answer) -> requireOut(name, answer.state()));
                }
              }
              return none.thenAccept(nobody -> requireNamed(account, names));
            });
  }

  private static void requireNamed(String account, List<String> names) {
    if (!names.contains(account)) {
      throw Problem.of(
              BorderCode.UNAVAILABLE,
              "account: "
                  + account
                  + " is not in the list of those with the role "
                  + Roles.SECURITY
                  + " (expected: there; see views, where a list is being built)")
          .asException();
    }
  }

  private Void requireOut(String name, AccountState state) {
    var invited =
        state
            .credentials()
            .invitation()
            .map(Credentials.OneTime::expiresAt)
            .filter(until -> clock.instant().isBefore(until))
            .isPresent();
    var canComeIn =
        state.status() == Status.ACTIVE || (state.status() == Status.INVITED && invited);
    if (state.roles().contains(Roles.SECURITY) && canComeIn) {
      throw Problem.of(
              Refusal.of(
                  AccountRefusal.ACCOUNT_RECOVERY_NEEDLESS,
                  "account: " + name + " can come in (expected: to be asked instead)"))
          .asException();
    }
    return null;
  }
}
