package govcloud.domain.sharing;

/**
 * What may be asked of an agreement. {@code party} is the department for which somebody asks; what
 * the operator or the platform asks has none.
 */
public sealed interface AgreementCommand {

  /**
   * Applies for an agreement, again after it was returned, or for terms that follow those in force.
   *
   * @param resource the version that the terms name
   */
  record Apply(String party, AgreementTerms terms, DataResource resource)
      implements AgreementCommand {}

  /** The operator finds that something is missing. */
  record Return(String reason) implements AgreementCommand {}

  /** The operator finds the application in order; the provider has to answer. */
  record Confirm() implements AgreementCommand {}

  /** The provider agrees; both have to sign. */
  record Consent(String party) implements AgreementCommand {}

  /** The provider does not agree. */
  record Refuse(String party, String reason) implements AgreementCommand {}

  /** The consumer does not want it any more. */
  record Withdraw(String party, String reason) implements AgreementCommand {}

  /**
   * A person signs for a party.
   *
   * @param address of the terms that the person has read
   */
  record Sign(String party, String address) implements AgreementCommand {}

  /** A party stops the exchange for a time. */
  record Suspend(String party, String reason) implements AgreementCommand {}

  /** The party that stopped the exchange lets it go on. */
  record Resume(String party) implements AgreementCommand {}

  /** A party ends the agreement. */
  record Revoke(String party, String reason) implements AgreementCommand {}

  /** Ends an agreement whose time is over. */
  record Expire() implements AgreementCommand {}

  /**
   * A person of the consumer needs what an emergency agreement gives.
   *
   * @param incident what the emergency is called where it is managed
   */
  record RequestActivation(String party, String reason, String incident)
      implements AgreementCommand {}

  /**
   * Another person of the consumer puts what was asked for into effect.
   *
   * @param number of the activation whose reason that person has read
   */
  record Activate(String party, int number) implements AgreementCommand {}

  /** A party ends an activation early, or gives up one that was asked for. */
  record EndActivation(String party, String reason) implements AgreementCommand {}

  /** Ends an activation whose time is over. */
  record LapseActivation() implements AgreementCommand {}

  /** The consumer looks back at an activation that has ended. */
  record ReviewActivation(String party, String review) implements AgreementCommand {}

  /** Tells that somebody has let a time limit pass in silence. */
  record Escalate() implements AgreementCommand {}
}
