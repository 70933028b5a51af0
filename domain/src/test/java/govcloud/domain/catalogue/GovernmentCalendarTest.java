package govcloud.domain.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GovernmentCalendarTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  // A Thursday off, and the Saturday after it worked.
  private final GovernmentCalendar calendar =
      new GovernmentCalendar(
          SHANGHAI,
          Set.of(LocalDate.parse("2026-03-05")),
          Set.of(LocalDate.parse("2026-03-07")),
          Set.of(2026));

  @Test
  void ordinaryWeek_plusFiveDays_skipsTheWeekend() {
    assertThat(calendar.plusWorkingDays(at("2026-03-09T10:00"), 5))
        .isEqualTo(at("2026-03-16T23:59:59"));
  }

  @Test
  void holidayAndMakeUpDay_plusDays_countTheOneAndNotTheOther() {
    assertThat(calendar.plusWorkingDays(at("2026-03-04T10:00"), 1))
        .isEqualTo(at("2026-03-06T23:59:59"));
    assertThat(calendar.plusWorkingDays(at("2026-03-04T10:00"), 2))
        .isEqualTo(at("2026-03-07T23:59:59"));
    assertThat(calendar.plusWorkingDays(at("2026-03-04T10:00"), 3))
        .isEqualTo(at("2026-03-09T23:59:59"));
  }

  @Test
  void lateEveningUtc_plusOneDay_countsFromTheLocalDay() {
    // 2026-03-09T17:00Z is already the tenth in Shanghai.
    assertThat(calendar.plusWorkingDays(Instant.parse("2026-03-09T17:00:00Z"), 1))
        .isEqualTo(at("2026-03-11T23:59:59"));
  }

  @Test
  void anyDay_plusNone_isItsOwnEnd() {
    assertThat(calendar.plusWorkingDays(at("2026-03-08T10:00"), 0))
        .isEqualTo(at("2026-03-08T23:59:59"));
  }

  @Test
  void everyLength_thereAndBack_isTheSame() {
    var from = at("2026-03-03T08:30");
    for (var days = 0; days < 300; days++) {
      assertThat(calendar.workingDaysBetween(from, calendar.plusWorkingDays(from, days)))
          .isEqualTo(days);
    }
  }

  @Test
  void backwards_between_isZero() {
    assertThat(calendar.workingDaysBetween(at("2026-03-09T10:00"), at("2026-03-02T10:00")))
        .isZero();
  }

  @Test
  void unknownYear_warning_namesTheKnownOnes() {
    assertThat(calendar.warning(2026)).isEmpty();
    assertThat(calendar.warning(2027))
        .hasValue(
            "calendar: no holidays known for 2027 (expected: one of the years [2026]); only"
                + " weekends are free");
  }

  @Test
  void senselessDays_refused() {
    assertThatThrownBy(() -> calendar.plusWorkingDays(at("2026-03-02T10:00"), -1))
        .hasMessage("days: -1 (expected: 0 to 10000)");
    assertThatThrownBy(
            () ->
                new GovernmentCalendar(
                    SHANGHAI,
                    Set.of(LocalDate.parse("2026-03-07")),
                    Set.of(LocalDate.parse("2026-03-07")),
                    Set.of()))
        .hasMessage("calendar: [2026-03-07] (expected: a holiday or a make-up day, not both)");
  }

  private static Instant at(String local) {
    return java.time.LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
  }
}
