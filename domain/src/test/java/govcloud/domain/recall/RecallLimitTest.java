package govcloud.domain.recall;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.contract.RecallFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecallLimitTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final Actor OFFICER = new Actor("sun", "data-officer");

  private final Recall rules = new RecallFixture().aggregate();
  private RecallState state = RecallState.NONE;
  private Instant now = NOON;

  private String tell(Actor actor, RecallCommand command) {
    var decision = rules.decide(state, command, new Context(now, actor));
    if (decision instanceof Decision.Refused<RecallEvent> refused) {
      return refused.refusal().code();
    }
    ((Decision.Accepted<RecallEvent>) decision)
        .events()
        .forEach(event -> state = rules.evolve(state, event));
    return "";
  }

  @Test
  void whoHasNotAcknowledgedAfterFiveWorkingDays_isToldOf() {
    var receiver = receiver("permits/c-1");
    assertThat(tell(OFFICER, new RecallCommand.Issue("police", RecallFixture.MATTER))).isEmpty();
    assertThat(tell(Actor.platform(), new RecallCommand.Tell(List.of(receiver)))).isEmpty();
    now = state.due().orElseThrow();
    assertThat(Duration.between(NOON, now).toDays()).isGreaterThanOrEqualTo(6);
    assertThat(tell(Actor.platform(), new RecallCommand.Escalate())).isEqualTo("RECALL_NOT_DUE");
    now = now.plusMillis(1);
    assertThat(tell(OFFICER, new RecallCommand.Escalate())).isEqualTo("RECALL_PARTY_WRONG");
    assertThat(tell(Actor.platform(), new RecallCommand.Escalate())).isEmpty();
    assertThat(state.escalated()).isTrue();
    assertThat(tell(OFFICER, new RecallCommand.Acknowledge("transport", "permits/c-1", "done")))
        .isEmpty();
    assertThat(state.status()).isEqualTo(RecallState.Status.DONE);
    assertThat(state.with(state.receivers())).isEqualTo(state);
  }

  /** That another case is late would tell that there is one. */
  @Test
  void casesThatWereAcknowledgedInTime_shownWithoutTheLateOne_areNotLate() {
    var first = receiver("permits/c-1");
    var second = receiver("permits/c-2");
    assertThat(tell(OFFICER, new RecallCommand.Issue("police", RecallFixture.MATTER))).isEmpty();
    assertThat(tell(Actor.platform(), new RecallCommand.Tell(List.of(first, second)))).isEmpty();
    assertThat(tell(OFFICER, new RecallCommand.Acknowledge("transport", "permits/c-1", "done")))
        .isEmpty();
    now = state.due().orElseThrow().plusMillis(1);
    assertThat(tell(Actor.platform(), new RecallCommand.Escalate())).isEmpty();
    assertThat(state.with(state.receivers().subList(0, 1)).escalated()).isFalse();
    assertThat(state.with(state.receivers().subList(1, 2)).escalated()).isTrue();
    assertThat(state.with(List.of()).escalated()).isFalse();
  }

  private static RecallState.Receiver receiver(String caseId) {
    return new RecallState.Receiver("transport", caseId, "zhang-san", "0".repeat(32), 17);
  }
}
