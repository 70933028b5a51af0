package govcloud.domain.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a book remembers. */
class AlarmBookTest {
  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

  private static AlarmEvent raised(String subject, int second) {
    Instant at = NOON.plusSeconds(second);
    return new AlarmEvent.Raised("SIBLING_AWAY", subject, "refused", "node-1", at, at);
  }

  private static AlarmEvent cleared(String subject, int second) {
    return new AlarmEvent.Cleared("SIBLING_AWAY", subject, NOON.plusSeconds(second));
  }

  @Test
  void alarm_raisedAndOver_isKnownWithBothTimes() {
    AlarmState state = AlarmState.EMPTY.after(raised("mountain", 1));
    assertThat(state.raised("SIBLING_AWAY", "mountain")).isPresent();
    assertThat(state.raised("CUT_OLD", "mountain")).isEmpty();
    AlarmState after = state.after(cleared("mountain", 61));
    assertThat(after.raised()).isEmpty();
    assertThat(after.over())
        .containsExactly(
            new Alarm(
                "SIBLING_AWAY",
                "mountain",
                "refused",
                "node-1",
                NOON.plusSeconds(1),
                Optional.of(NOON.plusSeconds(61))));
  }

  @Test
  void manyAlarms_over_theLatestAreRemembered() {
    AlarmState state = AlarmState.EMPTY;
    for (int i = 0; i < AlarmState.MOST_OVER + 5; i++) {
      state = state.after(raised("number " + i, i)).after(cleared("number " + i, i));
    }
    assertThat(state.over()).hasSize(AlarmState.MOST_OVER);
    assertThat(state.over().get(0).subject()).isEqualTo("number 5");
  }
}
