package govcloud.domain.casework;

import java.time.Instant;
import java.util.Optional;

/**
 * One time limit of a case.
 *
 * @param workingDays the whole limit, with extensions
 * @param extendedDays what extensions have added to the limit, in working days
 * @param due the last moment that is in time; of a stopped clock, the one that held when it stopped
 * @param yellowAt from when on little time is left
 * @param workingDaysLeft whole working days left when it stopped; otherwise 0
 * @param haltedAt when it stopped or completed; empty while it runs
 */
public record ClockState(
    String name,
    Status status,
    int workingDays,
    int extendedDays,
    Instant startedAt,
    Instant due,
    Instant yellowAt,
    int workingDaysLeft,
    Optional<Instant> haltedAt) {

  /** Whether the clock runs. */
  public enum Status {
    RUNNING,
    STOPPED,
    COMPLETED
  }

  /** What people see of a clock. */
  public enum Colour {
    GREEN,
    YELLOW,
    RED
  }

  /**
   * How urgent it is: red past due, yellow from {@code yellowAt} on. A stopped clock keeps the
   * colour it stopped with; a completed one is red if it was late and otherwise green.
   */
  public Colour colour(Instant now) {
    var instant = haltedAt.orElse(now);
    if (instant.isAfter(due)) {
      return Colour.RED;
    }
    if (status == Status.COMPLETED || instant.isBefore(yellowAt)) {
      return Colour.GREEN;
    }
    return Colour.YELLOW;
  }

  static ClockState started(CaseEvent.ClockStarted e) {
    return new ClockState(
        e.name(),
        Status.RUNNING,
        e.workingDays(),
        0,
        e.at(),
        e.due(),
        e.yellowAt(),
        0,
        Optional.empty());
  }

  ClockState stopped(CaseEvent.ClockStopped e) {
    return at(Status.STOPPED, due, yellowAt, e.workingDaysLeft(), Optional.of(e.at()));
  }

  ClockState resumed(CaseEvent.ClockResumed e) {
    return at(Status.RUNNING, e.due(), e.yellowAt(), 0, Optional.empty());
  }

  /** A completed clock that had been standing still keeps the moment it was stopped at. */
  ClockState completed(CaseEvent.ClockCompleted e) {
    return at(Status.COMPLETED, due, yellowAt, 0, Optional.of(haltedAt.orElse(e.at())));
  }

  ClockState extended(CaseEvent.ClockExtended e) {
    return new ClockState(
        name,
        status,
        workingDays + e.workingDays(),
        extendedDays + e.workingDays(),
        startedAt,
        e.due(),
        e.yellowAt(),
        e.workingDaysLeft(),
        haltedAt);
  }

  private ClockState at(
      Status next, Instant newDue, Instant newYellowAt, int left, Optional<Instant> halted) {
    return new ClockState(
        name, next, workingDays, extendedDays, startedAt, newDue, newYellowAt, left, halted);
  }
}
