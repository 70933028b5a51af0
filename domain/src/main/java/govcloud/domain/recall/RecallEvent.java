package govcloud.domain.recall;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happened to a recall. */
public sealed interface RecallEvent {

  /** When it happened. */
  Instant at();

  /**
   * The provider has corrected a record.
   *
   * @param due until when everybody has to acknowledge; none: issued by a version without a limit
   */
  record Issued(RecallState.Matter matter, String person, Optional<Instant> due, Instant at)
      implements RecallEvent {}

  /** The limit passed, and somebody has not acknowledged. */
  record Escalated(Instant due, Instant at) implements RecallEvent {}

  /**
   * Cases that received the wrong values were found, and are told.
   *
   * @param receivers those that were not known before; none where none has at all
   */
  record Told(List<RecallState.Receiver> receivers, Instant at) implements RecallEvent {
    public Told {
      receivers = List.copyOf(receivers);
    }
  }

  /**
   * A department said what it has done about one of its cases.
   *
   * @param consumer that department
   * @param person who said so
   */
  record Acknowledged(String consumer, String caseId, String note, String person, Instant at)
      implements RecallEvent {}
}
