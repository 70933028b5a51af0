package govcloud.domain.subject;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.identity.Roles;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectTest {

  private static final Instant NOW = Instant.parse("2026-03-02T01:15:27Z");
  private static final SubjectCommand ERASE =
      new SubjectCommand.Erase("0a1b", LegalBasis.CONSENT_WITHDRAWN, "erasure-1");

  private final Subject rules = new Subject();
  private SubjectState state = SubjectState.NONE;

  private String ask(SubjectCommand command, String role) {
    var decision = rules.decide(state, command, new Context(NOW, new Actor("sun", role)));
    if (decision instanceof Decision.Refused<SubjectEvent> refused) {
      return refused.refusal().code();
    }
    var events = ((Decision.Accepted<SubjectEvent>) decision).events();
    events.forEach(event -> state = rules.evolve(state, event));
    return events.size() + " events";
  }

  @Test
  void underAnyHold_erasureIsRefused_untilAllAreReleased() {
    ask(new SubjectCommand.Hold("court-14", "（2026）民初14号"), Roles.SECURITY);
    ask(new SubjectCommand.Hold("audit-2", "审计"), Roles.SECURITY);
    assertThat(ask(ERASE, Actor.OPERATOR)).isEqualTo("SUBJECT_HELD");
    ask(new SubjectCommand.Release("court-14"), Roles.SECURITY);
    assertThat(ask(ERASE, Actor.OPERATOR)).isEqualTo("SUBJECT_HELD");
    ask(new SubjectCommand.Release("audit-2"), Roles.SECURITY);
    assertThat(ask(ERASE, Actor.OPERATOR)).isEqualTo("1 events");
    assertThat(state.erasures())
        .containsExactly(
            new SubjectState.Erasure("0a1b", LegalBasis.CONSENT_WITHDRAWN, "erasure-1", NOW));
  }

  @Test
  void erasedKey_erasedAgain_changesNothing_evenUnderAHold() {
    ask(ERASE, Roles.SECURITY);
    ask(new SubjectCommand.Hold("court-14", "（2026）民初14号"), Roles.SECURITY);
    assertThat(ask(ERASE, Roles.SECURITY)).isEqualTo("0 events");
  }

  @Test
  void otherRoles_neitherHoldNorErase() {
    for (var role : List.of(Roles.SYSTEM, Roles.AUDIT, "clerk")) {
      assertThat(ask(ERASE, role)).isEqualTo("SUBJECT_ROLE_WRONG");
      assertThat(ask(new SubjectCommand.Hold("a", "b"), role)).isEqualTo("SUBJECT_ROLE_WRONG");
    }
    assertThat(ask(new SubjectCommand.Release("a"), Actor.OPERATOR))
        .isEqualTo("SUBJECT_ROLE_WRONG");
  }

  @Test
  void basis_isReadAsItIsWritten() {
    for (var basis : LegalBasis.values()) {
      assertThat(LegalBasis.of(basis.word())).contains(basis);
    }
    assertThat(LegalBasis.of("because")).isEmpty();
  }
}
