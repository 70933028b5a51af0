package govcloud.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.contract.AggregateWalk;
import govcloud.domain.contract.AuditFixture;
import govcloud.domain.identity.Roles;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTrailTest {

  private static final Context AUDITOR =
      new Context(AggregateWalk.BEGIN, new Actor("wu", Roles.AUDIT));

  private final AuditTrail trail = new AuditTrail();

  @Test
  void retention_onlyGrows() {
    var longer = trail.evolve(AuditState.EMPTY, new AuditEvent.RetentionRaised(400, AUDITOR.now()));
    assertThat(longer.retentionDays()).isEqualTo(400);
    var shorter = trail.decide(longer, new AuditCommand.KeepFor(399), AUDITOR);
    assertThat(((Decision.Refused<AuditEvent>) shorter).refusal().message())
        .isEqualTo("retention: 399 days (expected: >= 400)");
    var replayed = trail.evolve(longer, new AuditEvent.RetentionRaised(200, AUDITOR.now()));
    assertThat(replayed.retentionDays()).isEqualTo(400);
  }

  @Test
  void auditor_cannotWrite() {
    var decision =
        trail.decide(AuditState.EMPTY, new AuditCommand.Write(List.of(AuditFixture.READ)), AUDITOR);
    assertThat(((Decision.Refused<AuditEvent>) decision).refusal().code())
        .isEqualTo("AUDIT_PLATFORM_ONLY");
  }

  @Test
  void alarms_theLatestAreRemembered() {
    var state = AuditState.EMPTY;
    for (int i = 0; i < 60; i++) {
      state =
          trail.evolve(
              state,
              new AuditEvent.Written(
                  List.of(AuditFixture.READ, AuditFixture.ALARM.times(i + 1L)), AUDITOR.now()));
    }
    assertThat(state.records()).isEqualTo(120);
    assertThat(state.alarms()).hasSize(AuditState.MOST_ALARMS);
    assertThat(state.alarms().get(AuditState.MOST_ALARMS - 1).count()).isEqualTo(60);
  }

  @Test
  void text_thatWouldBeALineOfItsOwn_isSpelledOut() {
    assertThat(AuditRecord.clean("x\n2026-03-02 ALLOWED admin")).doesNotContain("\n");
    assertThat(AuditRecord.clean("a\r\nb\u001b[2J\u202e\u2028\u0085\ud800"))
        .isEqualTo("a\\u{d}\\u{a}b\\u{1b}[2J\\u{202e}\\u{2028}\\u{85}\\u{d800}");
    assertThat(AuditRecord.clean("张三 😀")).isEqualTo("张三 😀");
  }

  @Test
  void text_ofAnyLength_isCutAndCleanedOnce() {
    for (var one : List.of("x", "\n", "😀", "a😀", "\ud800")) {
      var clean = AuditRecord.clean(String.join("", Collections.nCopies(9_999, one)));
      assertThat(clean.length()).isLessThanOrEqualTo(AuditRecord.LONGEST_TEXT);
      assertThat(AuditRecord.clean(clean)).isEqualTo(clean);
    }
  }
}
