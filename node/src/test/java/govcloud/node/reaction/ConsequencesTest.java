package govcloud.node.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.app.AppInstanceCommand;
import govcloud.domain.app.AppInstanceEvent;
import govcloud.domain.app.AppPlan;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.Operation;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationEvent;
import govcloud.domain.operation.OperationState;
import govcloud.domain.operation.OperationState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsequencesTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final String APP = "app/harbour/permits";
  private static final AppInstanceEvent APPLIED =
      new AppInstanceEvent.Applied(
          "harbour", "administrative-approval", 1, new AppPlan(1, 1), "999999", "chen", "op", NOON);

  /** Carries out the steps that concern the operation, by the real rules. */
  private static OperationState after(OperationState before, List<Step> steps) {
    Aggregate<OperationCommand, OperationEvent, OperationState> rules = new Operation();
    OperationState state = before;
    for (Step step : steps) {
      if (step instanceof Step.Ask ask && ask.command() instanceof OperationCommand command) {
        assertThat(ask.entityId()).isEqualTo("operation/op");
        var decision = rules.decide(state, command, new Context(NOON, ask.actor()));
        if (decision instanceof Decision.Accepted<OperationEvent> accepted) {
          for (OperationEvent event : accepted.events()) {
            state = rules.evolve(state, event);
          }
        }
      }
    }
    return state;
  }

  private static OperationState waiting() {
    return after(OperationState.VACANT, Consequences.of(APP, APPLIED));
  }

  private static OperationState approved() {
    return after(waiting(), Consequences.of(APP, new AppInstanceEvent.Approved("li", "op", NOON)));
  }

  @Test
  void applied_operationWaitsForApprovalForThirtyDays() {
    assertThat(waiting().status()).isEqualTo(Status.WAITING_APPROVAL);
    assertThat(waiting().deadline()).contains(NOON.plus(Duration.ofDays(30)));
    assertThat(waiting().kind()).isEqualTo(Consequences.PROVISION);
    assertThat(waiting().tenant()).isEqualTo("harbour");
  }

  @Test
  void sameEventTwice_changesNothing() {
    assertThat(after(waiting(), Consequences.of(APP, APPLIED))).isEqualTo(waiting());
    var steps = Consequences.of(APP, new AppInstanceEvent.Approved("li", "op", NOON));
    assertThat(after(approved(), steps)).isEqualTo(approved());
  }

  @Test
  void approved_operationRunsAndTheAppIsProvisioned() {
    assertThat(approved().status()).isEqualTo(Status.RUNNING);
    assertThat(Consequences.of(APP, new AppInstanceEvent.Approved("li", "op", NOON)))
        .contains(new Step.Provision(APP, "op"));
  }

  @Test
  void provisioned_operationSucceeds() {
    var done =
        after(approved(), Consequences.of(APP, new AppInstanceEvent.Provisioned("op", NOON)));
    assertThat(done.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(done.progress()).isEqualTo(new OperationState.Progress(2, 2, "steps"));
  }

  @Test
  void refused_operationFailsForGood() {
    var steps = Consequences.of(APP, new AppInstanceEvent.Refused("no", "op", NOON));
    assertThat(after(waiting(), steps).status()).isEqualTo(Status.FAILED);
    assertThat(after(waiting(), steps).retryable()).isFalse();
  }

  @Test
  void provisioningFailed_operationCanBeRetried_andTriesAgain() {
    var steps = Consequences.of(APP, new AppInstanceEvent.ProvisioningFailed("no", "op", NOON));
    var failed = after(approved(), steps);
    assertThat(failed.retryable()).isTrue();
    var retried =
        after(failed, List.of(Step.Ask.byPlatform("operation/op", new OperationCommand.Retry())));
    assertThat(Consequences.resumed("operation/op", retried))
        .containsExactly(
            Step.Ask.byPlatform(
                "operation/op", new OperationCommand.Start(retried.deadline().orElseThrow())),
            Step.Ask.byPlatform(APP, new AppInstanceCommand.RetryProvisioning("op")),
            new Step.Provision(APP, "op"));
    var again =
        after(failed, Consequences.of(APP, new AppInstanceEvent.ProvisioningRetried("op", NOON)));
    assertThat(again.status()).isEqualTo(Status.RUNNING);
  }

  /** Nobody but who does the work may say that it is done. */
  @Test
  void dangerousCommandTriedAgain_isNotTakenForDone() {
    Aggregate<OperationCommand, OperationEvent, OperationState> rules = new Operation();
    var kind = DangerousCommand.DELETE_CUTS.kind();
    var state =
        rules.evolve(
            OperationState.VACANT,
            new OperationEvent.Opened(kind, "cuts/12", "", List.of(), "chen", NOON, NOON));
    state = rules.evolve(state, new OperationEvent.Retried(2, NOON.plusSeconds(60), NOON));
    assertThat(Consequences.resumed("operation/op", state))
        .containsExactly(
            Step.Ask.byPlatform(
                "operation/op",
                new OperationCommand.Fail(
                    kind + ": cannot go on (expected: asked for anew)", false)));
  }

  @Test
  void cancelledOrExpired_applicationIsTurnedDown() {
    var cancelled = new OperationEvent.Cancelled("changed our mind", NOON);
    assertThat(Consequences.of("operation/op", cancelled))
        .containsExactly(new Step.GiveUp("operation/op", "changed our mind"));
    var ended =
        after(
            waiting(),
            List.of(Step.Ask.byPlatform("operation/op", new OperationCommand.Cancel("no"))));
    assertThat(Consequences.givenUp(ended, "no"))
        .contains(
            new Step.Ask(
                APP, new AppInstanceCommand.Refuse("no"), new Actor("govcloud", Actor.OPERATOR)));
    assertThat(Consequences.givenUp(waiting(), "no")).isEmpty();
  }

  @Test
  void planChangedAndTerminated_operationSucceedsAtOnce() {
    var changed = new AppInstanceEvent.PlanChanged(new AppPlan(2, 2), "op", NOON);
    assertThat(after(OperationState.VACANT, Consequences.of(APP, changed)).status())
        .isEqualTo(Status.SUCCEEDED);
    var terminated = new AppInstanceEvent.Terminated("over", "op", NOON);
    assertThat(after(OperationState.VACANT, Consequences.of(APP, terminated)).status())
        .isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void upgraded_casesMoveOnlyWhereTheVersionSaysHow() {
    var moving = new AppInstanceEvent.Upgraded(1, 2, true, "op", NOON);
    assertThat(Consequences.of(APP, moving)).contains(new Step.MigrateCases(APP, "op"));
    assertThat(after(OperationState.VACANT, Consequences.of(APP, moving)).status())
        .isEqualTo(Status.RUNNING);
    var staying = new AppInstanceEvent.Upgraded(1, 2, false, "op", NOON);
    assertThat(after(OperationState.VACANT, Consequences.of(APP, staying)).status())
        .isEqualTo(Status.SUCCEEDED);
  }
}
