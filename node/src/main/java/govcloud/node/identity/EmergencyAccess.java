package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.Refusal;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.EmergencyRole;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.OperationEvent;
import govcloud.domain.operation.OperationRefusal;
import govcloud.domain.operation.OperationState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.operation.ApprovedWork;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Break-glass: two people of different duties give a third one a role for an hour, when whoever has
 * it cannot be had. Everybody who watches the cloud is told.
 */
final class EmergencyAccess implements ApprovedWork {

  private final Entities entities;
  private final ApprovalRequests requests;
  private final InstantSource clock;
  private final Consumer<String> alarm;

  /**
   * Access that nobody has yet.
   *
   * @param alarm told about each role that is given, with account and role
   */
  EmergencyAccess(Entities entities, InstantSource clock, Consumer<String> alarm) {
    this.entities = entities;
    this.requests = new ApprovalRequests(entities, clock);
    this.clock = clock;
    this.alarm = alarm;
  }

  void register(Routes routes) {
    routes.on("requestEmergencyAccess", this::request);
  }

  private CompletionStage<HttpResponse> request(Call call) {
    var wish = SignedWish.of(call, "role");
    return requests
        .request(
            Commands.identifier("emergency-", call),
            DangerousCommand.GRANT_EMERGENCY,
            wish.subject(),
            this,
            call.actor(),
            call.dryRun())
        .thenApply(ApprovalRequests::asked);
  }

  @Override
  public CompletionStage<?> check(String subject, Actor actor) {
    var wish = SignedWish.of(subject);
    if (wish.account().equals(actor.person())) {
      throw Problem.of(
              BorderCode.ACCOUNT_OWN,
              "account: " + wish.account() + " (expected: that of somebody else)")
          .asException();
    }
    return entities
        .<AccountState>read(Visitors.id(actor.person()))
        .thenCompose(
            answer -> {
              requireOwnDuty(answer.state(), actor);
              return grant(wish, "dry", true);
            });
  }

  /** A role that somebody has in an emergency gives no further ones. */
  static void requireOwnDuty(AccountState state, Actor actor) {
    if (!state.roles().contains(actor.role())) {
      throw Problem.of(
              BorderCode.NOT_ALLOWED,
              "role: " + actor.role() + ", of an emergency (expected: a duty of one's own)")
          .asException();
    }
  }

  @Override
  public CompletionStage<?> begin(String operation, String subject, Actor actor) {
    var wish = SignedWish.of(subject);
    return entities
        .<OperationState>read(ApprovalRequests.id(operation))
        .thenAccept(answer -> requireFresh(answer.state()))
        .thenCompose(fresh -> grant(wish, operation, false))
        .<Object>thenCompose(
            answer -> {
              alarm.accept("/v1/accounts/" + wish.account() + " as " + wish.what());
              var until = answer.state().emergency().map(EmergencyRole::until).orElseThrow();
              var result = wish.account() + ": " + wish.what() + " until " + until;
              return ApprovalRequests.succeed(entities, operation, result).thenApply(end -> end);
            })
        .exceptionallyCompose(failure -> ApprovalRequests.failed(entities, operation, failure));
  }

  /**
   * The hour begins with the second signature. Work that was lost then is not begun again later, in
   * an hour of which nobody knows; nor is a role given again that was taken back meanwhile.
   */
  private void requireFresh(OperationState state) {
    var signedAt = state.signatures().stream().skip(1).findFirst().map(OperationEvent.Signed::at);
    if (signedAt.filter(at -> clock.instant().isBefore(at.plus(EmergencyRole.LIFE))).isEmpty()) {
      throw Problem.of(
              Refusal.of(
                  OperationRefusal.APPROVAL_NOT_AWAITED,
                  "second signature: "
                      + signedAt.map(Instant::toString).orElse("none")
                      + " (expected: within "
                      + EmergencyRole.LIFE.toMinutes()
                      + " min; ask anew)"))
          .asException();
    }
  }

  private CompletionStage<Answer<AccountState>> grant(
      SignedWish wish, String operation, boolean dry) {
    return entities
        .<AccountState>ask(
            Visitors.id(wish.account()),
            Request.of(new AccountCommand.GrantEmergency(wish.what(), operation), Actor.platform())
                .dryRun(dry))
        .thenApply(Commands::accepted);
  }
}
