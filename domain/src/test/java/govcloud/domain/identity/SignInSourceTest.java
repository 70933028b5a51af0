package govcloud.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One password tried on many accounts from one place. */
class SignInSourceTest {

  private final SignInSource rules = new SignInSource();
  private SourceState state = SourceState.CLEAN;
  private Instant now = Instant.parse("2026-03-02T01:00:00Z");

  private List<SourceEvent> ask(SourceCommand command) {
    var decision = rules.decide(state, command, new Context(now, Actor.platform()));
    var events = ((Decision.Accepted<SourceEvent>) decision).events();
    events.forEach(event -> state = rules.evolve(state, event));
    return events;
  }

  /** Tries further names until the place is closed, as soon as it is open. */
  private List<Long> pausesOf(int from, int to) {
    var pauses = new ArrayList<Long>();
    for (int i = from; i < to; i++) {
      ask(new SourceCommand.NoteRefused("name-" + i));
      var pause = state.closedFor(now).orElse(Duration.ZERO);
      pauses.add(pause.toSeconds());
      now = now.plus(pause);
    }
    return pauses;
  }

  @Test
  void manyNames_firstSlowTheirPlaceAndThenCloseIt_neverForGood() {
    assertThat(pausesOf(0, 9)).containsOnly(0L);
    assertThat(pausesOf(9, 29)).containsOnly(5L);
    assertThat(pausesOf(29, 36)).containsExactly(60L, 120L, 240L, 480L, 900L, 900L, 900L);
    now = now.plus(SourceState.WINDOW);
    assertThat(state.closedFor(now)).isEmpty();
    assertThat(pausesOf(50, 51)).containsExactly(0L);
  }

  @Test
  void sameName_triedAgainAndAgain_isTheAccountsOwnBusiness() {
    ask(new SourceCommand.NoteRefused("wang"));
    for (int i = 0; i < 40; i++) {
      assertThat(ask(new SourceCommand.NoteRefused("wang"))).isEmpty();
    }
    assertThat(state.closedFor(now)).isEmpty();
  }

  @Test
  void whoeverIsLetInAfterASlip_countsNoLonger_andNobodyElseDoes() {
    pausesOf(0, 9);
    assertThat(ask(new SourceCommand.NoteLetIn("stranger"))).isEmpty();
    assertThat(ask(new SourceCommand.NoteLetIn("name-3"))).hasSize(1);
    assertThat(pausesOf(9, 10)).containsExactly(0L);
    assertThat(pausesOf(10, 11)).containsExactly(5L);
  }

  @Test
  void endlessNames_areRememberedInLittleRoom() {
    pausesOf(0, 300);
    assertThat(state.refused().size()).isLessThanOrEqualTo(SourceState.MOST_NAMES);
    assertThat(state.closedFor(now.minusSeconds(1))).isPresent();
  }

  @Test
  void somebodyElse_notesNothing() {
    var decision =
        rules.decide(
            state,
            new SourceCommand.NoteRefused("x"),
            new Context(now, new Actor("wang", "clerk")));
    assertThat(((Decision.Refused<SourceEvent>) decision).refusal().code())
        .isEqualTo("SOURCE_PLATFORM_ONLY");
  }
}
