package govcloud.domain.sharing;

import java.time.Instant;

/** What may have happened to an agreement. */
public sealed interface AgreementEvent {

  /** When it happened. */
  Instant at();

  /** The operator has to check the application until {@code due}. */
  record Applied(AgreementTerms terms, String address, Instant due, Instant at)
      implements AgreementEvent {}

  /** The resource is shared without condition: only the consumer has to sign, until {@code due}. */
  record Granted(AgreementTerms terms, String address, Instant due, Instant at)
      implements AgreementEvent {}

  /** Something is missing. */
  record Returned(String reason, Instant at) implements AgreementEvent {}

  /** The provider has to answer until {@code due}. */
  record Confirmed(Instant due, Instant at) implements AgreementEvent {}

  /** Both have to sign until {@code due}. */
  record Consented(Instant due, Instant at) implements AgreementEvent {}

  /** The provider does not agree. */
  record Refused(String reason, Instant at) implements AgreementEvent {}

  /** The consumer does not want it any more. */
  record Withdrawn(String reason, Instant at) implements AgreementEvent {}

  /** A person has signed the terms of this address for a party. */
  record Signed(String party, String person, String address, Instant at)
      implements AgreementEvent {}

  /** All have signed: the terms are in force, and those before them are not any more. */
  record TookEffect(Instant at) implements AgreementEvent {}

  /** A party has stopped the exchange. */
  record Suspended(String party, String reason, Instant at) implements AgreementEvent {}

  /** The exchange goes on. */
  record Resumed(Instant at) implements AgreementEvent {}

  /** A party has ended the agreement. */
  record Revoked(String party, String reason, Instant at) implements AgreementEvent {}

  /** The time of the terms is over. */
  record Expired(Instant at) implements AgreementEvent {}

  /** Somebody has let the limit {@code due} pass in silence. */
  record Escalated(Instant due, Instant at) implements AgreementEvent {}

  /** A person of the consumer needs what the emergency agreement gives. */
  record ActivationRequested(int number, String person, String reason, String incident, Instant at)
      implements AgreementEvent {}

  /** Another person has put it into effect: data are given until {@code until} at most. */
  record Activated(String person, Instant until, Instant at) implements AgreementEvent {}

  /** What was asked for was given up by a party. */
  record ActivationWithdrawn(String party, String reason, Instant at) implements AgreementEvent {}

  /**
   * It gives nothing any more; the consumer has to look back at it until {@code reviewDue}.
   *
   * @param party that ended it; empty: its time or the agreement was over
   */
  record ActivationEnded(String party, String reason, Instant reviewDue, Instant at)
      implements AgreementEvent {}

  /** The consumer has looked back at it. */
  record ActivationReviewed(String person, String review, Instant at) implements AgreementEvent {}
}
