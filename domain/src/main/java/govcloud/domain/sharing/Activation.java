package govcloud.domain.sharing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One use of an emergency agreement, which gives nothing without: asked for by a person of the
 * consumer, put into effect by another, over by itself, and looked back at afterwards.
 *
 * @param number counts the activations of an agreement from 1
 * @param reason why it is needed
 * @param incident what the emergency is called where it is managed
 * @param requestedBy the person who asked for it
 * @param activatedBy the person who put it into effect; empty: nobody yet
 * @param until when it ends by itself; none before it is in effect
 * @param end what whoever ended it gave as reason; empty: nobody did
 * @param reviewDue until when the consumer has to look back at it; none before it ended
 * @param review what the consumer found when it looked back; empty: nothing yet
 */
public record Activation(
    int number,
    Stage stage,
    String reason,
    String incident,
    String requestedBy,
    Instant requestedAt,
    String activatedBy,
    Optional<Instant> until,
    String end,
    Optional<Instant> reviewDue,
    String review) {

  /** How long a request waits for the second person. */
  public static final Duration LONGEST_REQUEST = Duration.ofHours(24);

  /** Where an activation is in its life. */
  public enum Stage {
    /** The second person is missing. */
    REQUESTED,
    /** Somebody gave the request up. */
    WITHDRAWN,
    ACTIVE,
    /** The review is due. */
    ENDED,
    REVIEWED
  }

  /** Whether data may be given because of it at a moment. */
  public boolean holdsAt(Instant now) {
    return stage == Stage.ACTIVE && until.filter(now::isBefore).isPresent();
  }

  /** Whether it is a request that the second person may still put into effect. */
  boolean waitsAt(Instant now) {
    return stage == Stage.REQUESTED && now.isBefore(requestedAt.plus(LONGEST_REQUEST));
  }

  static Activation requested(AgreementEvent.ActivationRequested e) {
    return new Activation(
        e.number(),
        Stage.REQUESTED,
        e.reason(),
        e.incident(),
        e.person(),
        e.at(),
        "",
        Optional.empty(),
        "",
        Optional.empty(),
        "");
  }

  Activation activated(AgreementEvent.Activated e) {
    return at(Stage.ACTIVE, e.person(), Optional.of(e.until()), end, reviewDue, review);
  }

  Activation withdrawn(AgreementEvent.ActivationWithdrawn e) {
    return at(Stage.WITHDRAWN, activatedBy, until, e.reason(), reviewDue, review);
  }

  Activation ended(AgreementEvent.ActivationEnded e) {
    return at(Stage.ENDED, activatedBy, until, e.reason(), Optional.of(e.reviewDue()), review);
  }

  Activation reviewed(AgreementEvent.ActivationReviewed e) {
    return at(Stage.REVIEWED, activatedBy, until, end, reviewDue, e.review());
  }

  private Activation at(
      Stage next,
      String second,
      Optional<Instant> limit,
      String why,
      Optional<Instant> due,
      String found) {
    return new Activation(
        number, next, reason, incident, requestedBy, requestedAt, second, limit, why, due, found);
  }
}
