package govcloud.domain.catalogue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Working days as one government publishes them: weekends are free, holidays are free, make-up days
 * are worked although they lie on a weekend. In years that are not covered only weekends are free.
 *
 * @param zone where the offices are; it decides when a day begins
 * @param holidays free days, weekends among them or not
 * @param makeUpDays weekend days on which offices work
 * @param coveredYears years whose holidays are known
 */
public record GovernmentCalendar(
    ZoneId zone, Set<LocalDate> holidays, Set<LocalDate> makeUpDays, Set<Integer> coveredYears)
    implements WorkingCalendar {

  /** More working days than any office has ever been given, about forty years. */
  public static final int MAXIMUM_DAYS = 10_000;

  private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

  public GovernmentCalendar {
    holidays = Set.copyOf(holidays);
    makeUpDays = Set.copyOf(makeUpDays);
    coveredYears = Set.copyOf(coveredYears);
    var both = new HashSet<>(holidays);
    both.retainAll(makeUpDays);
    if (!both.isEmpty()) {
      throw new IllegalArgumentException(
          "calendar: " + both + " (expected: a holiday or a make-up day, not both)");
    }
  }

  /** Whether offices work on this day. */
  public boolean isWorkingDay(LocalDate day) {
    if (makeUpDays.contains(day)) {
      return true;
    }
    return day.getDayOfWeek() != DayOfWeek.SATURDAY
        && day.getDayOfWeek() != DayOfWeek.SUNDAY
        && !holidays.contains(day);
  }

  /** A sentence for the operator when a year's holidays are not known, or nothing. */
  public Optional<String> warning(int year) {
    if (coveredYears.contains(year)) {
      return Optional.empty();
    }
    return Optional.of(
        "calendar: no holidays known for "
            + year
            + " (expected: one of the years "
            + coveredYears.stream().sorted().toList()
            + "); only weekends are free");
  }

  @Override
  public Instant plusWorkingDays(Instant from, int days) {
    if (days < 0 || days > MAXIMUM_DAYS) {
      throw new IllegalArgumentException(
          "days: " + days + " (expected: 0 to " + MAXIMUM_DAYS + ")");
    }
    var day = from.atZone(zone).toLocalDate();
    for (var left = days; left > 0; ) {
      day = day.plusDays(1);
      if (isWorkingDay(day)) {
        left--;
      }
    }
    return day.atTime(END_OF_DAY).atZone(zone).toInstant();
  }

  @Override
  public int workingDaysBetween(Instant from, Instant to) {
    var last = to.atZone(zone).toLocalDate();
    var days = 0;
    for (var day = from.atZone(zone).toLocalDate().plusDays(1);
        !day.isAfter(last) && days < MAXIMUM_DAYS;
        day = day.plusDays(1)) {
      if (isWorkingDay(day)) {
        days++;
      }
    }
    return days;
  }
}
