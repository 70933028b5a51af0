package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.contract.RecallFixture;
import govcloud.domain.recall.RecallEvent;
import govcloud.domain.recall.RecallState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecallToldTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final String ID = "police/r-1";

  private static RecallState.Receiver receiver(String consumer, String caseId) {
    return new RecallState.Receiver(consumer, caseId, "zhang-san", "0".repeat(32), 17);
  }

  @Test
  void department_isToldItsOwnCases_untilItHasAcknowledgedThem() {
    var state =
        RecallState.NONE
            .after(
                new RecallEvent.Issued(
                    RecallFixture.MATTER, "sun", Optional.of(NOON.plusSeconds(9)), NOON))
            .after(
                new RecallEvent.Told(
                    List.of(receiver("transport", "permits/c-1"), receiver("tax", "a/b")), NOON));
    var told = RecallTold.of(ID, "transport", state).orElseThrow();
    assertThat(told.key()).isEqualTo("police-r-1-2");
    assertThat(told.body().toString())
        .contains("kind=recall", "permits/c-1", "recall=r-1", "due=2026-03-02T04:00:09Z")
        .doesNotContain("a/b")
        .doesNotContain(RecallFixture.MATTER.subject());
    var done =
        state.after(
            new RecallEvent.Acknowledged("transport", "permits/c-1", "done", "zhang-san", NOON));
    assertThat(RecallTold.of(ID, "transport", done)).isEmpty();
    assertThat(RecallTold.of(ID, "tax", done)).isPresent();
    assertThat(RecallTold.of(ID, "health", done)).isEmpty();
  }

  @Test
  void caseNamedWhileOthersAreTold_goesBeyond_andOneOfAnotherDepartmentDoesNot() {
    var one = named(RecallState.NONE, "transport", "permits/c-1");
    var told = RecallTold.of(ID, "transport", one).orElseThrow();
    var other = named(one, "tax", "a/b");
    assertThat(RecallTold.of(ID, "transport", other).orElseThrow().goesBeyond(told)).isFalse();
    var two =
        named(other, "transport", "permits/c-2")
            .after(
                new RecallEvent.Acknowledged(
                    "transport", "permits/c-1", "done", "zhang-san", NOON));
    assertThat(RecallTold.of(ID, "transport", two).orElseThrow().goesBeyond(told)).isTrue();
  }

  private static RecallState named(RecallState before, String consumer, String caseId) {
    var issued =
        new RecallEvent.Issued(RecallFixture.MATTER, "sun", Optional.of(NOON.plusSeconds(9)), NOON);
    return before
        .after(issued)
        .after(new RecallEvent.Told(List.of(receiver(consumer, caseId)), NOON));
  }
}
