package govcloud.node.approval;

import govcloud.domain.Actor;
import govcloud.domain.operation.CommandText;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.http.Visit;
import govcloud.node.identity.PasskeySigning;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.operation.ApprovedWork;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Dangerous commands that two people sign, each with a passkey over the exact command. */
final class Approvals {

  private static final Duration WORK = Duration.ofDays(1);

  private final Entities entities;
  private final ApprovalRequests requests;
  private final PasskeySigning signing;
  private final Map<DangerousCommand, ApprovedWork> works;
  private final String cloud;
  private final InstantSource clock;

  /**
   * Approvals.
   *
   * @param works what is done when a command is signed
   * @param cloud its name, which stands in each command
   */
  Approvals(
      Entities entities,
      PasskeySigning signing,
      Map<DangerousCommand, ApprovedWork> works,
      String cloud,
      InstantSource clock) {
    this.entities = entities;
    this.requests = new ApprovalRequests(entities, clock);
    this.signing = signing;
    this.works = Map.copyOf(works);
    this.cloud = cloud;
    this.clock = clock;
  }

  /**
   * A command, and who has signed it.
   *
   * @param text what is signed
   */
  record Approval(String operation, DangerousCommand command, OperationState state, String text) {

    boolean isAwaited() {
      return state.status() == Status.WAITING_APPROVAL;
    }
  }

  /** One of them; fails with a problem if there is none. */
  CompletionStage<Approval> read(String operation) {
    return entities
        .<OperationState>read(ApprovalRequests.id(operation))
        .thenApply(answer -> approval(operation, answer.state()));
  }

  private Approval approval(String operation, OperationState state) {
    var command =
        DangerousCommand.of(state.kind())
            .orElseThrow(
                () ->
                    Problem.of(
                            BorderCode.NOT_FOUND,
                            "approval " + operation + ": none (expected: one asked for)")
                        .asException());
    return new Approval(operation, command, state, CommandText.of(cloud, operation, state));
  }

  /** What a browser is asked to sign, as JSON; fails with a problem. */
  CompletionStage<String> options(Approval approval, Actor actor) {
    return signing.options(actor.person(), approval.text());
  }

  /**
   * Signs; the second signature begins the command. Who has signed a command that is under way
   * begins its work again, should it have been lost, and needs no further signature.
   *
   * @param answer of the browser, as JSON
   */
  CompletionStage<Approval> sign(String operation, Actor actor, String answer, Visit visit) {
    return requests
        .requirePerson(actor)
        .thenCompose(person -> read(operation))
        .thenCompose(
            approval -> {
              var state = approval.state();
              return state.status() == Status.RUNNING && state.isSignedBy(actor.person())
                  ? begin(approval, actor)
                  : work(approval)
                      .check(state.subject(), actor)
                      .thenCompose(checked -> sign(approval, actor, answer, visit));
            });
  }

  private CompletionStage<Approval> sign(
      Approval approval, Actor actor, String answer, Visit visit) {
    return signing
        .signature(actor, approval.text(), answer, visit)
        .thenCompose(
            signature ->
                requests.ask(
                    approval.operation(),
                    new OperationCommand.Sign(signature, clock.instant().plus(WORK)),
                    actor))
        .thenCompose(
            signed -> {
              var after = approval(approval.operation(), signed.state());
              return after.state().status() == Status.RUNNING
                  ? begin(after, actor)
                  : CompletableFuture.completedStage(after);
            });
  }

  private CompletionStage<Approval> begin(Approval approval, Actor actor) {
    return work(approval)
        .begin(approval.operation(), approval.state().subject(), actor)
        .thenCompose(begun -> read(approval.operation()));
  }

  private ApprovedWork work(Approval approval) {
    var work = works.get(approval.command());
    if (work == null) {
      throw Problem.of(
              BorderCode.UNAVAILABLE,
              approval.command().kind() + ": not on this node (expected: a node that can do it)")
          .asException();
    }
    return work;
  }
}
