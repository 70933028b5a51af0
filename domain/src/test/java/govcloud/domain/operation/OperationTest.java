package govcloud.domain.operation;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.contract.AggregateWalk;
import govcloud.domain.contract.OperationFixture;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OperationTest {

  private static final Instant BEGIN = AggregateWalk.BEGIN;

  private final Operation operation = new Operation();

  @Test
  void everyOpenState_deadlinePassed_expiresAndWorkMayBeRetried() {
    for (var walk : AggregateWalk.many(new OperationFixture(), 200, 30)) {
      for (var step : walk.steps()) {
        if (step.after().open()) {
          var deadline = step.after().deadline().orElseThrow();
          var late = deadline.plusNanos(1);
          var expired = after(step.after(), new OperationCommand.Expire(), late);
          assertThat(expired.status()).isEqualTo(OperationState.Status.FAILED);
          var waited = step.after().status() == OperationState.Status.WAITING_APPROVAL;
          assertThat(expired.retryable()).isEqualTo(!waited);
        }
      }
    }
  }

  @Test
  void running_expireAtDeadline_isRefused() {
    var running = running(BEGIN.plusSeconds(60));
    var decision =
        operation.decide(running, new OperationCommand.Expire(), at(BEGIN.plusSeconds(60)));
    assertThat(((Decision.Refused<OperationEvent>) decision).refusal().code())
        .isEqualTo(OperationRefusal.OPERATION_NOT_EXPIRED.name());
  }

  @Test
  void failed_retry_hasAsMuchTimeAsBefore() {
    var failed =
        after(
            running(BEGIN.plusSeconds(60)),
            new OperationCommand.Fail("node lost", true),
            BEGIN.plusSeconds(50));
    var retried = after(failed, new OperationCommand.Retry(), BEGIN.plus(Duration.ofDays(1)));
    assertThat(retried.status()).isEqualTo(OperationState.Status.RUNNING);
    assertThat(retried.attempt()).isEqualTo(2);
    assertThat(retried.deadline()).contains(BEGIN.plus(Duration.ofDays(1)).plusSeconds(60));
  }

  @Test
  void failedForGood_retry_isRefused() {
    var failed =
        after(
            running(BEGIN.plusSeconds(60)), new OperationCommand.Fail("no such app", false), BEGIN);
    var decision = operation.decide(failed, new OperationCommand.Retry(), at(BEGIN));
    assertThat(((Decision.Refused<OperationEvent>) decision).refusal().message())
        .isEqualTo("operation: failed for good (expected: failed and retryable)");
  }

  @Test
  void vacant_openWithPastDeadline_isRefused() {
    var decision =
        operation.decide(
            operation.initial(), OperationFixture.OPEN, at(OperationFixture.OPEN.deadline()));
    assertThat(((Decision.Refused<OperationEvent>) decision).refusal().code())
        .isEqualTo(OperationRefusal.OPERATION_DEADLINE_INVALID.name());
  }

  private OperationState running(Instant deadline) {
    var pending = after(operation.initial(), OperationFixture.OPEN, BEGIN);
    return after(pending, new OperationCommand.Start(deadline), BEGIN);
  }

  private OperationState after(OperationState state, OperationCommand command, Instant now) {
    var accepted = (Decision.Accepted<OperationEvent>) operation.decide(state, command, at(now));
    var next = state;
    for (var event : accepted.events()) {
      next = operation.evolve(next, event);
    }
    return next;
  }

  private static Context at(Instant now) {
    return new Context(now, Actor.platform());
  }
}
