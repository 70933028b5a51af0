package govcloud.domain.casework;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What may have happened to a case. {@code at} is the original time if one was given. */
public sealed interface CaseEvent {

  /** When it happened. */
  Instant at();

  /**
   * The case has begun in {@code state}; see {@link CaseCommand.Create}.
   *
   * @param by who opened it; empty in what was written before this member was there
   */
  record Created(
      String tenant,
      String app,
      String definition,
      int version,
      String number,
      String title,
      Applicant applicant,
      String form,
      Map<String, String> attributes,
      String state,
      boolean finished,
      String by,
      Instant at)
      implements CaseEvent {
    public Created {
      attributes = Attributes.copy(attributes);
    }
  }

  /**
   * An action was taken.
   *
   * @param from the process state before it
   * @param to the process state after it
   * @param finished whether {@code to} is a final state
   * @param documents names of the documents that it produced
   * @param by who took it; empty in what was written before this member was there
   */
  record ActionTaken(
      String action,
      String from,
      String to,
      boolean finished,
      String form,
      String comment,
      List<String> documents,
      Map<String, String> attributes,
      String by,
      Instant at)
      implements CaseEvent {
    public ActionTaken {
      documents = List.copyOf(documents);
      attributes = Attributes.copy(attributes);
    }
  }

  /** A remark was added. */
  record Commented(String text, Instant at) implements CaseEvent {}

  /** A person has the case now; nobody if the string is empty. */
  record Assigned(String assignee, Instant at) implements CaseEvent {}

  /** The list of materials was changed. */
  record MaterialRecorded(Material material, Instant at) implements CaseEvent {}

  /** Something happened that the process does not allow. */
  record DeviationNoted(String activity, String reason, Map<String, String> attributes, Instant at)
      implements CaseEvent {
    public DeviationNoted {
      attributes = Attributes.copy(attributes);
    }
  }

  /** The case goes on by a newer version of its definition. */
  record Migrated(
      int fromVersion,
      int toVersion,
      String fromState,
      String toState,
      boolean finished,
      Instant at)
      implements CaseEvent {}

  /**
   * A clock runs.
   *
   * @param workingDays the whole limit
   * @param due the last moment that is in time
   * @param yellowAt from when on little time is left
   */
  record ClockStarted(String name, int workingDays, Instant due, Instant yellowAt, Instant at)
      implements CaseEvent {}

  /** A clock stands still with this many whole working days left. */
  record ClockStopped(String name, int workingDaysLeft, Instant at) implements CaseEvent {}

  /** A clock runs again, towards a new due instant. */
  record ClockResumed(String name, Instant due, Instant yellowAt, Instant at)
      implements CaseEvent {}

  /**
   * A clock got more time.
   *
   * @param workingDays how much more
   * @param workingDaysLeft of a clock that stands still, what is left now; otherwise 0
   */
  record ClockExtended(
      String name, int workingDays, int workingDaysLeft, Instant due, Instant yellowAt, Instant at)
      implements CaseEvent {}

  /** A clock has done its work, by an action or by the end of its case. */
  record ClockCompleted(String name, boolean inTime, Instant at) implements CaseEvent {}
}
