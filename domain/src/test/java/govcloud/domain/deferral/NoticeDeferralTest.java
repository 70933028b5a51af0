package govcloud.domain.deferral;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.sharing.SharingLimits;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NoticeDeferralTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");

  private final NoticeDeferral rules = new NoticeDeferral(SharingLimits.USUAL);
  private NoticeDeferralState state = NoticeDeferralState.NONE;
  private Instant now = NOON;

  @BeforeEach
  void agreed() {
    assertThat(ask("sun", propose(MAY))).isEmpty();
    assertThat(state.hidesAt(now)).as("with one person").isFalse();
    assertThat(ask("qian", approve(MAY))).isEmpty();
  }

  private static NoticeDeferralCommand propose(Instant until) {
    return new NoticeDeferralCommand.Propose("立案调查", "《监察法》", until);
  }

  private static NoticeDeferralCommand approve(Instant until) {
    return new NoticeDeferralCommand.Approve("立案调查", "《监察法》", until);
  }

  /** The code of the refusal; empty if it was accepted. */
  private String ask(String person, NoticeDeferralCommand command) {
    var decision = rules.decide(state, command, new Context(now, new Actor(person, "any")));
    if (decision instanceof Decision.Refused<NoticeDeferralEvent> refused) {
      return refused.refusal().code();
    }
    ((Decision.Accepted<NoticeDeferralEvent>) decision)
        .events()
        .forEach(event -> state = rules.evolve(state, event));
    return "";
  }

  @Test
  void granted_untilItsDate_hidesAndThenNeverAgain() {
    assertThat(state.hidesAt(MAY.minusMillis(1))).isTrue();
    assertThat(state.hidesAt(MAY)).isFalse();
    now = MAY;
    assertThat(ask("sun", propose(JULY))).isEqualTo("DEFERRAL_OVER");
    assertThat(ask("sun", new NoticeDeferralCommand.Release("over"))).isEqualTo("DEFERRAL_OVER");
  }

  @Test
  void laterDate_needsTwoPeopleAgain_andTheOldOneHoldsMeanwhile() {
    assertThat(ask("qian", propose(MAY))).isEqualTo("DEFERRAL_DATE_INVALID");
    assertThat(ask("qian", propose(JULY))).isEmpty();
    assertThat(state.until()).contains(MAY);
    assertThat(ask("qian", approve(JULY))).isEqualTo("DEFERRAL_APPROVER_TWICE");
    assertThat(ask("sun", approve(MAY))).isEqualTo("DEFERRAL_DATE_INVALID");
    assertThat(ask("sun", approve(JULY))).isEmpty();
    assertThat(state.until()).contains(JULY);
    assertThat(state.grants()).hasSize(2);
  }

  @Test
  void laterDate_approvedAfterTheOldOnePassed_isTooLate() {
    assertThat(ask("sun", propose(JULY))).isEmpty();
    now = MAY;
    assertThat(ask("qian", approve(JULY))).isEqualTo("DEFERRAL_OVER");
    assertThat(state.hidesAt(now)).isFalse();
  }

  @Test
  void dateTooFarAhead_isRefused() {
    state = NoticeDeferralState.NONE;
    var last = NOON.plus(Duration.ofDays(180));
    assertThat(ask("sun", propose(last.plusMillis(1)))).isEqualTo("DEFERRAL_DATE_INVALID");
    assertThat(ask("sun", propose(last))).isEmpty();
    assertThat(ask("qian", propose(MAY))).isEqualTo("DEFERRAL_WAITS");
  }

  @Test
  void requestThatTookThePlaceOfTheOneThatWasRead_isNotApproved() {
    assertThat(ask("sun", propose(JULY))).isEmpty();
    assertThat(ask("sun", new NoticeDeferralCommand.Decline("otherwise"))).isEmpty();
    assertThat(ask("sun", new NoticeDeferralCommand.Propose("其他", "《监察法》", JULY))).isEmpty();
    assertThat(ask("qian", approve(JULY))).isEqualTo("DEFERRAL_TEXT_INVALID");
    assertThat(ask("qian", new NoticeDeferralCommand.Approve("其他", "《刑法》", JULY)))
        .isEqualTo("DEFERRAL_TEXT_INVALID");
    var read = new NoticeDeferralCommand.Approve(" 其他", "《监察法》", JULY);
    assertThat(ask("qian", read)).isEmpty();
    assertThat(state.until()).contains(JULY);
  }

  @Test
  void requestThatNobodyAnswered_lapsesWithItsDate() {
    state = NoticeDeferralState.NONE;
    assertThat(ask("sun", propose(MAY))).isEmpty();
    now = MAY;
    assertThat(ask("qian", approve(MAY))).isEqualTo("DEFERRAL_DATE_INVALID");
    assertThat(ask("qian", propose(JULY))).isEmpty();
  }

  @Test
  void releasedEarly_showsAtOnce_andKeepsWhoDeferredIt() {
    now = NOON.plusSeconds(60);
    assertThat(ask("sun", new NoticeDeferralCommand.Release("调查结束"))).isEmpty();
    assertThat(state.hidesAt(now)).isFalse();
    assertThat(state.until()).contains(now);
    assertThat(state.grant().orElseThrow().person()).isEqualTo("qian");
  }
}
