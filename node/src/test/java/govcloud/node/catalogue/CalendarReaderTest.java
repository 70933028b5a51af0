package govcloud.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.catalogue.GovernmentCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarReaderTest {

  private final GovernmentCalendar calendar =
      ShippedApps.load(CatalogueSettings.CloudKind.EXTRANET).calendar();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-01-01", "2025-01-28", "2025-02-04", "2025-04-04", "2025-05-05", "2025-06-02",
        "2025-10-08", "2026-01-02", "2026-02-16", "2026-02-23", "2026-04-06", "2026-05-04",
        "2026-06-19", "2026-09-25", "2026-10-01", "2026-10-07", "2026-11-21"
      })
  void holidayOrWeekend_isFree(String day) {
    assertThat(calendar.isWorkingDay(LocalDate.parse(day))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04",
        "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10", "2026-10-08",
        "2025-01-02", "2026-02-24"
      })
  void makeUpDayOrOrdinaryDay_isWorked(String day) {
    assertThat(calendar.isWorkingDay(LocalDate.parse(day))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    // The last working day before National Day 2026 is 30 September, a Wednesday.
    "2026-09-30T09:00:00Z, 1, 2026-10-08",
    "2026-09-30T09:00:00Z, 3, 2026-10-10",
    "2026-09-30T09:00:00Z, 4, 2026-10-12",
    // Spring Festival 2026: Saturday 14 February is worked, then nine free days.
    "2026-02-13T02:00:00Z, 1, 2026-02-14",
    "2026-02-13T02:00:00Z, 2, 2026-02-24",
    // Sunday 26 January 2025 is a make-up day.
    "2025-01-24T02:00:00Z, 1, 2025-01-26",
  })
  void workingDays_counted_asPublished(Instant from, int days, LocalDate day) {
    assertThat(calendar.plusWorkingDays(from, days))
        .isEqualTo(day.atTime(23, 59, 59).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
  }

  @Test
  void yearBeyondTheNotices_warns() {
    assertThat(calendar.warning(2025)).isEmpty();
    assertThat(calendar.warning(2026)).isEmpty();
    assertThat(calendar.warning(2027)).isPresent();
    assertThat(calendar.isWorkingDay(LocalDate.parse("2027-10-01"))).isTrue();
  }
}
