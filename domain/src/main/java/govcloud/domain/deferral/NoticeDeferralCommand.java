package govcloud.domain.deferral;

import java.time.Instant;

/** What may be asked of a deferral. */
public sealed interface NoticeDeferralCommand {

  /**
   * The first person asks for it, or for a later date.
   *
   * @param until the release date: from then on everything is shown
   */
  record Propose(String reason, String legalBasis, Instant until)
      implements NoticeDeferralCommand {}

  /**
   * A second person approves what was asked for: what this person has read, and nothing that took
   * its place meanwhile.
   */
  record Approve(String reason, String legalBasis, Instant until)
      implements NoticeDeferralCommand {}

  /** What was asked for is not approved, or is given up. */
  record Decline(String reason) implements NoticeDeferralCommand {}

  /** It ends before its date. */
  record Release(String reason) implements NoticeDeferralCommand {}
}
