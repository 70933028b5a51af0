package govcloud.domain.correction;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.contract.CorrectionFixture;
import govcloud.domain.identity.Roles;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CorrectionTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final Actor CITIZEN = new Actor("wang-xiaoming", Roles.CITIZEN);
  private static final Actor OFFICER = new Actor("sun", "data-officer");

  private final Correction rules = new CorrectionFixture().aggregate();
  private CorrectionState state = CorrectionState.NONE;
  private Instant now = NOON;

  /** The code of the refusal; empty if it was accepted. */
  private String tell(Actor actor, CorrectionCommand command) {
    var decision = rules.decide(state, command, new Context(now, actor));
    if (decision instanceof Decision.Refused<CorrectionEvent> refused) {
      return refused.refusal().code();
    }
    ((Decision.Accepted<CorrectionEvent>) decision)
        .events()
        .forEach(event -> state = rules.evolve(state, event));
    return "";
  }

  private static CorrectionCommand ask(String value) {
    return new CorrectionCommand.Ask(CorrectionFixture.MATTER, value, "当时车辆已过户");
  }

  @Test
  void silence_isToldAfterTenWorkingDays_andTheAnswerStillCounts() {
    assertThat(tell(CITIZEN, ask("0"))).isEmpty();
    now = state.due().orElseThrow();
    assertThat(Duration.between(NOON, now).toDays()).isGreaterThanOrEqualTo(13);
    assertThat(tell(Actor.platform(), new CorrectionCommand.Escalate()))
        .isEqualTo("CORRECTION_NOT_DUE");
    now = now.plusMillis(1);
    assertThat(tell(CITIZEN, new CorrectionCommand.Escalate())).isEqualTo("CORRECTION_PARTY_WRONG");
    assertThat(tell(Actor.platform(), new CorrectionCommand.Escalate())).isEmpty();
    assertThat(state.escalated()).isTrue();
    assertThat(tell(OFFICER, new CorrectionCommand.Accept("police", "correction-1", "已更正")))
        .isEmpty();
    assertThat(state.answer().orElseThrow().recall()).isEqualTo("correction-1");
    assertThat(tell(OFFICER, new CorrectionCommand.Refuse("police", "无误")))
        .isEqualTo("CORRECTION_ANSWERED");
  }

  @Test
  void oneValue_askedForTwice_isOneRequest() {
    assertThat(tell(OFFICER, ask("0"))).isEqualTo("CORRECTION_PARTY_WRONG");
    assertThat(tell(CITIZEN, ask("0"))).isEmpty();
    assertThat(tell(CITIZEN, ask("1"))).isEqualTo("CORRECTION_ALREADY_EXISTS");
    assertThat(tell(CITIZEN, ask("0"))).isEmpty();
    assertThat(state.value()).isEqualTo("0");
    assertThat(tell(OFFICER, new CorrectionCommand.Refuse("transport", "无误")))
        .isEqualTo("CORRECTION_PARTY_WRONG");
  }
}
