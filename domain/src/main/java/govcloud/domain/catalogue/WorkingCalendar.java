package govcloud.domain.catalogue;

import java.time.Instant;

/** Which days count: weekends, holidays and make-up days of one government. Pure. */
public interface WorkingCalendar {

  /**
   * The end (23:59:59 local time) of the working day that lies {@code days} working days after
   * {@code from}'s day; the day itself does not count. No days give the end of {@code from}'s day.
   */
  Instant plusWorkingDays(Instant from, int days);

  /**
   * Whole working days that lie after {@code from}'s day up to and including {@code to}'s day; zero
   * if {@code to} is not after {@code from}'s day.
   */
  int workingDaysBetween(Instant from, Instant to);
}
