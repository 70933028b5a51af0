package govcloud.domain.identity;

import java.time.Instant;
import java.util.Optional;

/** What happened at a place from which people sign in. */
public sealed interface SourceEvent {

  /** When. */
  Instant at();

  /**
   * Somebody was refused.
   *
   * @param account hash of the name that was given
   * @param closedUntil until when nobody is heard from here; empty: as before
   */
  record Refused(String account, Optional<Instant> closedUntil, Instant at)
      implements SourceEvent {}

  /** Somebody was let in who had been refused: it was a slip. */
  record LetIn(String account, Instant at) implements SourceEvent {}
}
