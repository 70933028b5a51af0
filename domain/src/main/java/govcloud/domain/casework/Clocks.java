package govcloud.domain.casework;

import govcloud.domain.casework.ClockState.Status;
import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.WorkingCalendar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What time limits do when something happens to their case.
 *
 * <p>Limits count whole working days; the day on which a clock starts or goes on does not count. A
 * clock turns yellow at the end of the last day that is wholly within the warning share of its
 * time, so that with 5 days and 90 % the whole fifth day is yellow.
 */
final class Clocks {

  private final AppDefinition definition;
  private final WorkingCalendar calendar;

  Clocks(AppDefinition definition, WorkingCalendar calendar) {
    this.definition = definition;
    this.calendar = calendar;
  }

  /** Starts those that run from the case's creation. */
  List<CaseEvent> atCreation(Instant at) {
    return definition.clocks().stream()
        .filter(AppDefinition.Clock::startsAtCreation)
        .map(clock -> start(clock, at))
        .toList();
  }

  /** Ends every clock that has not ended. */
  List<CaseEvent> atEnd(Map<String, ClockState> clocks, Instant at) {
    return clocks.values().stream()
        .filter(clock -> clock.status() != Status.COMPLETED)
        .map(clock -> complete(clock, at))
        .toList();
  }

  /**
   * What an action does to the clocks; asks of it that make no sense now, such as to stop a clock
   * that stands still, do nothing.
   *
   * @param extensions working days to add by clock name
   */
  List<CaseEvent> atAction(
      AppDefinition.Action action,
      Map<String, Integer> extensions,
      Map<String, ClockState> clocks,
      Instant at) {
    var events = new ArrayList<CaseEvent>();
    for (var name : action.endsClocks()) {
      with(clocks, name, Status.RUNNING, Status.STOPPED)
          .ifPresent(clock -> events.add(complete(clock, at)));
    }
    for (var name : action.stopsClocks()) {
      with(clocks, name, Status.RUNNING).ifPresent(clock -> events.add(stop(clock, at)));
    }
    for (var name : action.resumesClocks()) {
      with(clocks, name, Status.STOPPED).ifPresent(clock -> events.add(resume(clock, at)));
    }
    extensions.forEach(
        (name, days) ->
            with(clocks, name, Status.RUNNING, Status.STOPPED)
                .ifPresent(clock -> events.add(extend(clock, days, at))));
    definition.clocks().stream()
        .filter(clock -> action.startsClocks().contains(clock.name()))
        .filter(clock -> with(clocks, clock.name(), Status.RUNNING, Status.STOPPED).isEmpty())
        .forEach(clock -> events.add(start(clock, at)));
    return events;
  }

  private static Optional<ClockState> with(
      Map<String, ClockState> clocks, String name, Status... statuses) {
    return Optional.ofNullable(clocks.get(name))
        .filter(clock -> List.of(statuses).contains(clock.status()));
  }

  private CaseEvent start(AppDefinition.Clock clock, Instant at) {
    var days = clock.workingDays();
    return new CaseEvent.ClockStarted(
        clock.name(),
        days,
        calendar.plusWorkingDays(at, days),
        calendar.plusWorkingDays(at, days - warningDays(clock.name(), days)),
        at);
  }

  private CaseEvent stop(ClockState clock, Instant at) {
    var left = Math.min(clock.workingDays(), calendar.workingDaysBetween(at, clock.due()));
    return new CaseEvent.ClockStopped(clock.name(), left, at);
  }

  private CaseEvent resume(ClockState clock, Instant at) {
    var late = clock.haltedAt().filter(halted -> halted.isAfter(clock.due())).isPresent();
    if (late) {
      return new CaseEvent.ClockResumed(clock.name(), clock.due(), clock.yellowAt(), at);
    }
    var left = clock.workingDaysLeft();
    return new CaseEvent.ClockResumed(
        clock.name(),
        calendar.plusWorkingDays(at, left),
        yellowAt(clock, clock.workingDays(), left, at),
        at);
  }

  private CaseEvent extend(ClockState clock, int days, Instant at) {
    var total = clock.workingDays() + days;
    var due = calendar.plusWorkingDays(clock.due(), days);
    if (clock.status() == Status.STOPPED) {
      var left = clock.workingDaysLeft() + days;
      return new CaseEvent.ClockExtended(clock.name(), days, left, due, clock.yellowAt(), at);
    }
    var left = calendar.workingDaysBetween(at, due);
    return new CaseEvent.ClockExtended(
        clock.name(), days, 0, due, yellowAt(clock, total, left, at), at);
  }

  private static CaseEvent complete(ClockState clock, Instant at) {
    var inTime = !clock.haltedAt().orElse(at).isAfter(clock.due());
    return new CaseEvent.ClockCompleted(clock.name(), inTime, at);
  }

  /** When the clock turns yellow if {@code left} of {@code total} days remain after {@code at}. */
  private Instant yellowAt(ClockState clock, int total, int left, Instant at) {
    var warning = warningDays(clock.name(), total);
    if (left >= warning) {
      return calendar.plusWorkingDays(at, left - warning);
    }
    return clock.yellowAt().isBefore(at) ? clock.yellowAt() : at;
  }

  private int warningDays(String name, int total) {
    var percent =
        definition.clocks().stream()
            .filter(clock -> clock.name().equals(name))
            .mapToInt(AppDefinition.Clock::warnPercent)
            .findFirst()
            .orElse(AppDefinition.Clock.DEFAULT_WARN_PERCENT);
    return total - (int) ((long) total * percent / 100);
  }
}
