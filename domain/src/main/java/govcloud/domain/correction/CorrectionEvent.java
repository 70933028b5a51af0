package govcloud.domain.correction;

import java.time.Instant;

/** What happened to a request for a correction. */
public sealed interface CorrectionEvent {

  /** When it happened. */
  Instant at();

  /**
   * Somebody holds a value to be wrong.
   *
   * @param value what it should be, sealed where personal data are
   * @param due until when the department has to answer
   */
  record Asked(CorrectionState.Matter matter, String value, String reason, Instant due, Instant at)
      implements CorrectionEvent {}

  /**
   * The department has corrected it.
   *
   * @param recall id of its recall
   * @param person who answered
   */
  record Accepted(String recall, String reason, String person, Instant at)
      implements CorrectionEvent {}

  /**
   * The department holds it to be right.
   *
   * @param person who answered
   */
  record Refused(String reason, String person, Instant at) implements CorrectionEvent {}

  /** The limit passed in silence. */
  record Escalated(Instant due, Instant at) implements CorrectionEvent {}
}
