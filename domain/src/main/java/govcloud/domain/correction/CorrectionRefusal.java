package govcloud.domain.correction;

import govcloud.domain.RefusalCode;

/** Why something was not done to a request for a correction. */
public enum CorrectionRefusal implements RefusalCode {
  /** Nobody asked for this correction. */
  CORRECTION_NOT_FOUND(Kind.NOT_FOUND),
  /** Another correction of the same value is asked for already. */
  CORRECTION_ALREADY_EXISTS(Kind.CONFLICT),
  /** It is not for this person or department. */
  CORRECTION_PARTY_WRONG(Kind.FORBIDDEN),
  /** It has its answer. */
  CORRECTION_ANSWERED(Kind.CONFLICT),
  /** The exchange did not give out this field. */
  CORRECTION_FIELD_UNKNOWN(Kind.INVALID),
  /** A value or a text is missing or too long. */
  CORRECTION_TEXT_INVALID(Kind.INVALID),
  /** The time limit has not passed. */
  CORRECTION_NOT_DUE(Kind.CONFLICT);

  private final Kind kind;

  CorrectionRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
