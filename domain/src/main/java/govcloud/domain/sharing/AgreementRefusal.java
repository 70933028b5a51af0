package govcloud.domain.sharing;

import govcloud.domain.RefusalCode;

/** Why something was not done to an agreement. */
public enum AgreementRefusal implements RefusalCode {
  /** There is no agreement under this identifier. */
  AGREEMENT_NOT_FOUND(Kind.NOT_FOUND),
  /** Another agreement holds the identifier. */
  AGREEMENT_ALREADY_EXISTS(Kind.CONFLICT),
  /** A member of the terms is not as it must be; {@code at} tells which. */
  AGREEMENT_INVALID(Kind.INVALID),
  /** The agreement is in another state. */
  AGREEMENT_STATE_WRONG(Kind.CONFLICT),
  /** What is to be signed is not what the agreement says. */
  AGREEMENT_ADDRESS_WRONG(Kind.CONFLICT),
  /** The person has signed already, for this party or the other. */
  AGREEMENT_SIGNER_TWICE(Kind.FORBIDDEN),
  /** A signature is given in person. */
  AGREEMENT_SIGNER_INDIRECT(Kind.FORBIDDEN),
  /** The department is not the party that may do this. */
  AGREEMENT_PARTY_WRONG(Kind.FORBIDDEN),
  /** A reason is missing or too long. */
  AGREEMENT_TEXT_INVALID(Kind.INVALID),
  /** What is to be activated is no emergency agreement. */
  AGREEMENT_NO_EMERGENCY(Kind.CONFLICT),
  /** An emergency agreement is activated by two people. */
  AGREEMENT_ACTIVATOR_TWICE(Kind.FORBIDDEN),
  /** The last activation has not been reviewed. */
  AGREEMENT_REVIEW_DUE(Kind.CONFLICT),
  /** The time limit has not passed. */
  AGREEMENT_NOT_DUE(Kind.CONFLICT);

  private final Kind kind;

  AgreementRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
