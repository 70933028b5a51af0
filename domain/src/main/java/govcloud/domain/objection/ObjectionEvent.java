package govcloud.domain.objection;

import java.time.Instant;

/** What happened to an objection. */
public sealed interface ObjectionEvent {

  /** When it happened. */
  Instant at();

  /**
   * A citizen objected.
   *
   * @param text why; may be empty
   * @param due until when the department has to answer
   */
  record Raised(ObjectionState.Matter matter, String text, Instant due, Instant at)
      implements ObjectionEvent {}

  /**
   * The department answered.
   *
   * @param upheld whether the citizen is right
   * @param person who answered
   */
  record Answered(boolean upheld, String reason, String person, Instant at)
      implements ObjectionEvent {}

  /** The limit passed in silence. */
  record Escalated(Instant due, Instant at) implements ObjectionEvent {}
}
