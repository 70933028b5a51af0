package govcloud.domain.deferral;

import java.time.Instant;

/** What happened to a deferral. */
public sealed interface NoticeDeferralEvent {

  /** When it happened. */
  Instant at();

  /**
   * The first person asked for it, or for a later date.
   *
   * @param until the release date
   * @param person who asked
   */
  record Proposed(String reason, String legalBasis, Instant until, String person, Instant at)
      implements NoticeDeferralEvent {}

  /**
   * A second person approved it.
   *
   * @param person who approved
   */
  record Approved(String person, Instant at) implements NoticeDeferralEvent {}

  /**
   * It was not approved, or was given up.
   *
   * @param person who said so
   */
  record Declined(String reason, String person, Instant at) implements NoticeDeferralEvent {}

  /**
   * It ended before its date.
   *
   * @param person who ended it
   */
  record Released(String reason, String person, Instant at) implements NoticeDeferralEvent {}
}
