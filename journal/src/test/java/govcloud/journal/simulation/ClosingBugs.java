package govcloud.journal.simulation;

import java.util.List;

/** Mistakes in closing clocks. */
final class ClosingBugs {

  private ClosingBugs() {}

  static final SeededBug LATE_RECORD_ACCEPTED =
      SeededBug.of(
          "lateRecordAccepted",
          "Appending",
          "return closed > 0 && request.lowestClock() <= closed;",
          "return closed < 0 && request.lowestClock() <= closed;");

  static final SeededBug LATE_BY_ITS_LAST_RECORD =
      SeededBug.of(
          "lateByItsLastRecord",
          "Appending",
          "return closed > 0 && request.lowestClock() <= closed;",
          "return closed > 0 && request.highestClock() <= closed;");

  static final SeededBug PASSED_CLOCK_CLOSED =
      SeededBug.of(
          "passedClockClosed",
          "Closings",
          "Math.max(end.highestClock(), end.closedClock())",
          "end.closedClock()");

  static final SeededBug LOWER_CLOCK_CLOSED_AGAIN =
      SeededBug.of(
          "lowerClockClosedAgain",
          "Closings",
          "Math.max(end.highestClock(), end.closedClock())",
          "end.highestClock()");

  static final SeededBug CLOSED_CLOCK_ONLY_IN_MARKS =
      SeededBug.of(
          "closedClockOnlyInMarks",
          "LogEnd",
          "closedClock = Math.max(closedClock, batch.closedClock());",
          "closedClock = batch.mark() ? batch.closedClock() : closedClock;");

  static final SeededBug TAKE_OVER_FORGETS_THE_CLOCK =
      SeededBug.of(
          "takeOverForgetsTheClock",
          "SliceHost",
          "end.highestClock(), end.closedClock(), node);",
          "end.highestClock(), 0, node);");

  static final SeededBug ANSWERED_BEFORE_STORED =
      SeededBug.of(
          "closedBeforeStored",
          "Appending",
          "Batch mark = Batch.ofMark(",
          "host.closings().closed(offset); Batch mark = Batch.ofMark(");

  static final SeededBug NODE_NOT_TOLD =
      SeededBug.of(
          "nodeNotTold", "SliceHost", "listener.onClosed(clock); closings.add", "closings.add");

  static List<SeededBug> all() {
    return List.of(
        LATE_RECORD_ACCEPTED,
        LATE_BY_ITS_LAST_RECORD,
        PASSED_CLOCK_CLOSED,
        LOWER_CLOCK_CLOSED_AGAIN,
        CLOSED_CLOCK_ONLY_IN_MARKS,
        TAKE_OVER_FORGETS_THE_CLOCK,
        ANSWERED_BEFORE_STORED,
        NODE_NOT_TOLD);
  }
}
