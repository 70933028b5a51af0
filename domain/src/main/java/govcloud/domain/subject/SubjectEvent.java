package govcloud.domain.subject;

import java.time.Instant;

/** What happened to a data subject's entity. */
public sealed interface SubjectEvent {

  /** When it happened. */
  Instant at();

  /** The data may not be erased while this hold is there. */
  record Held(String hold, String reason, String person, Instant at) implements SubjectEvent {}

  /** A hold has ended. */
  record Released(String hold, String person, Instant at) implements SubjectEvent {}

  /**
   * The tombstone: the key of the data is destroyed, everywhere and for good.
   *
   * @param key name of the key, which does not tell it
   * @param operation in which two people signed it
   */
  record Erased(String key, LegalBasis basis, String operation, Instant at)
      implements SubjectEvent {}
}
