package govcloud.domain.deferral;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A deferral as it is now. Nothing of it is ever taken away.
 *
 * @param proposal what waits for the second person
 * @param grants what two people have agreed on, the first one first; later ones are extensions
 * @param declined why the last request came to nothing
 * @param released why it ended before its date
 */
public record NoticeDeferralState(
    Optional<Proposal> proposal,
    List<Grant> grants,
    Optional<Said> declined,
    Optional<Said> released) {

  /** Where a deferral is in its life; that its date has passed, the clock says. */
  public enum Status {
    NONE,
    /** The second person is missing. */
    PROPOSED,
    /** It was never approved. */
    DECLINED,
    GRANTED,
    /** It ended before its date. */
    RELEASED
  }

  /**
   * What the first person asked for.
   *
   * @param until the release date
   * @param person who asked
   */
  public record Proposal(
      String reason, String legalBasis, Instant until, String person, Instant at) {}

  /**
   * What a second person approved.
   *
   * @param person who approved
   */
  public record Grant(Proposal proposal, String person, Instant at) {}

  /** What a person said, and when. */
  public record Said(String reason, String person, Instant at) {}

  /** Nobody asked. */
  public static final NoticeDeferralState NONE =
      new NoticeDeferralState(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

  public NoticeDeferralState {
    grants = List.copyOf(grants);
  }

  /** Where it is in its life. */
  public Status status() {
    if (released.isPresent()) {
      return Status.RELEASED;
    } else if (!grants.isEmpty()) {
      return Status.GRANTED;
    } else if (proposal.isPresent()) {
      return Status.PROPOSED;
    }
    return declined.isPresent() ? Status.DECLINED : Status.NONE;
  }

  /** What two people agreed on last. */
  public Optional<Grant> grant() {
    return grants.isEmpty() ? Optional.empty() : Optional.of(grants.get(grants.size() - 1));
  }

  /** From when on everything is shown; none: nothing was ever hidden. */
  public Optional<Instant> until() {
    return grant().map(last -> released.map(Said::at).orElse(last.proposal().until()));
  }

  /** Whether the looks because of the case are hidden from whom they are about. */
  public boolean hidesAt(Instant now) {
    return until().filter(now::isBefore).isPresent();
  }

  /** The deferral after {@code event}; accepts every event in every state. */
  public NoticeDeferralState after(NoticeDeferralEvent event) {
    if (event instanceof NoticeDeferralEvent.Proposed e) {
      var asked = new Proposal(e.reason(), e.legalBasis(), e.until(), e.person(), e.at());
      return new NoticeDeferralState(Optional.of(asked), grants, declined, released);
    } else if (event instanceof NoticeDeferralEvent.Approved e) {
      var all = new ArrayList<>(grants);
      proposal.ifPresent(asked -> all.add(new Grant(asked, e.person(), e.at())));
      return new NoticeDeferralState(Optional.empty(), all, declined, released);
    } else if (event instanceof NoticeDeferralEvent.Declined e) {
      var said = new Said(e.reason(), e.person(), e.at());
      return new NoticeDeferralState(Optional.empty(), grants, Optional.of(said), released);
    } else if (event instanceof NoticeDeferralEvent.Released e) {
      var said = new Said(e.reason(), e.person(), e.at());
      return new NoticeDeferralState(Optional.empty(), grants, declined, Optional.of(said));
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }
}
