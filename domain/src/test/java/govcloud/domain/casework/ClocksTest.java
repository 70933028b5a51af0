package govcloud.domain.casework;

import static govcloud.domain.contract.CaseFixture.action;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.casework.ClockState.Colour;
import govcloud.domain.contract.CaseFixture;
import govcloud.domain.contract.TestCatalogue;
import govcloud.domain.contract.TestForms;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** The first day is Monday 2 March 2026; offices rest on 6 April and work on Saturday 11 April. */
class ClocksTest {

  private static final Actor OPERATOR = new Actor("wang", Actor.OPERATOR);

  private final Case cases = new Case(new TestCatalogue(), new TestForms());

  @Test
  void created_clockOfFiveDays_isYellowOnTheLastAndRedAfterIt() {
    var state = created("2026-03-02T09:00");
    var clock = state.clocks().get("statutory");
    assertThat(clock.due()).isEqualTo(local("2026-03-09T23:59:59"));
    assertThat(state.colour(local("2026-03-06T23:59"))).isEqualTo(Colour.GREEN);
    assertThat(state.colour(local("2026-03-07T00:00"))).isEqualTo(Colour.YELLOW);
    assertThat(state.colour(local("2026-03-09T23:59"))).isEqualTo(Colour.YELLOW);
    assertThat(state.colour(local("2026-03-10T00:00"))).isEqualTo(Colour.RED);
  }

  @Test
  void accepted_statutoryEndsAndPromisedOfTwentyDays_warnsAtNinetyPercent() {
    var state = after(created("2026-03-02T09:00"), action("accept"), "2026-03-02T10:00");
    assertThat(state.clocks().get("statutory").status()).isEqualTo(ClockState.Status.COMPLETED);
    var promised = state.clocks().get("promised");
    assertThat(promised.due()).isEqualTo(local("2026-03-30T23:59:59"));
    assertThat(promised.yellowAt()).isEqualTo(local("2026-03-26T23:59:59"));
    assertThat(state.nextDue()).contains(promised.due());
  }

  @Test
  void hearing_ofAnyLength_costsNoWorkingDay() {
    var accepted = after(created("2026-03-02T09:00"), action("accept"), "2026-03-02T10:00");
    var hearing = after(accepted, action("hear"), "2026-03-04T10:00");
    var clock = hearing.clocks().get("promised");
    assertThat(clock.status()).isEqualTo(ClockState.Status.STOPPED);
    assertThat(clock.workingDaysLeft()).isEqualTo(18);
    assertThat(hearing.colour(local("2027-01-01T00:00"))).isEqualTo(Colour.GREEN);
    assertThat(hearing.nextDue()).isEmpty();
    var heard = after(hearing, action("heard"), "2026-03-20T10:00");
    var resumed = heard.clocks().get("promised");
    assertThat(resumed.due()).isEqualTo(local("2026-04-15T23:59:59"));
    assertThat(resumed.yellowAt()).isEqualTo(local("2026-04-13T23:59:59"));
  }

  @Test
  void late_stoppedAndResumed_staysRed() {
    var accepted = after(created("2026-03-02T09:00"), action("accept"), "2026-03-02T10:00");
    var hearing = after(accepted, action("hear"), "2026-04-02T10:00");
    assertThat(hearing.colour(local("2026-04-03T10:00"))).isEqualTo(Colour.RED);
    var heard = after(hearing, action("heard"), "2026-04-03T10:00");
    assertThat(heard.clocks().get("promised").due()).isEqualTo(local("2026-03-30T23:59:59"));
    assertThat(heard.colour(local("2026-04-03T11:00"))).isEqualTo(Colour.RED);
  }

  @Test
  void yellow_stoppedAndResumed_staysYellow() {
    var accepted = after(created("2026-03-02T09:00"), action("accept"), "2026-03-02T10:00");
    var hearing = after(accepted, action("hear"), "2026-03-27T10:00");
    var heard = after(hearing, action("heard"), "2026-04-02T10:00");
    assertThat(heard.clocks().get("promised").due()).isEqualTo(local("2026-04-03T23:59:59"));
    assertThat(heard.colour(local("2026-04-02T10:00"))).isEqualTo(Colour.YELLOW);
  }

  @Test
  void running_prolonged_isDueLaterUpToTheMaximum() {
    var accepted = after(created("2026-03-02T09:00"), action("accept"), "2026-03-02T10:00");
    var prolonged = after(accepted, action("prolong", "{\"days\":4}"), "2026-03-27T10:00");
    var clock = prolonged.clocks().get("promised");
    assertThat(clock.due()).isEqualTo(local("2026-04-03T23:59:59"));
    assertThat(clock.yellowAt()).isEqualTo(local("2026-03-31T23:59:59"));
    assertThat(prolonged.colour(local("2026-03-27T10:00"))).isEqualTo(Colour.GREEN);
    var decision = decide(prolonged, action("prolong", "{\"days\":7}"), "2026-03-27T11:00");
    assertThat(((Decision.Refused<CaseEvent>) decision).refusal().message())
        .isEqualTo("days: 7 (expected: 1 to 6 whole working days for clock promised)");
  }

  @Test
  void standingStill_prolonged_hasMoreDaysLeft() {
    var accepted = after(created("2026-03-02T09:00"), action("accept"), "2026-03-02T10:00");
    var hearing = after(accepted, action("hear"), "2026-03-04T10:00");
    var prolonged = after(hearing, action("prolong", "{\"days\":4}"), "2026-03-05T10:00");
    assertThat(prolonged.clocks().get("promised").workingDaysLeft()).isEqualTo(22);
    var heard = after(prolonged, action("heard"), "2026-03-06T10:00");
    assertThat(heard.clocks().get("promised").due()).isEqualTo(local("2026-04-08T23:59:59"));
  }

  @Test
  void finished_clock_isGreenInTimeAndRedWhenLate() {
    var accepted = after(created("2026-03-02T09:00"), action("accept"), "2026-03-02T10:00");
    var inTime = after(accepted, action("decide"), "2026-03-30T10:00");
    assertThat(inTime.clocks().get("promised").colour(local("2030-01-01T00:00")))
        .isEqualTo(Colour.GREEN);
    var late = after(accepted, action("decide"), "2026-03-31T10:00");
    assertThat(late.clocks().get("promised").colour(local("2030-01-01T00:00")))
        .isEqualTo(Colour.RED);
    assertThat(late.colour(local("2030-01-01T00:00"))).isEqualTo(Colour.GREEN);
  }

  private CaseState created(String at) {
    return after(cases.initial(), CaseFixture.CREATE, at);
  }

  private CaseState after(CaseState state, CaseCommand command, String at) {
    var next = state;
    for (var event : ((Decision.Accepted<CaseEvent>) decide(state, command, at)).events()) {
      next = cases.evolve(next, event);
    }
    return next;
  }

  private Decision<CaseEvent> decide(CaseState state, CaseCommand command, String at) {
    return cases.decide(state, command, new Context(local(at), OPERATOR));
  }

  private static Instant local(String time) {
    return LocalDateTime.parse(time).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
  }
}
