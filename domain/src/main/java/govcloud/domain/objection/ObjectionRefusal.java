package govcloud.domain.objection;

import govcloud.domain.RefusalCode;

/** Why something was not done to an objection. */
public enum ObjectionRefusal implements RefusalCode {
  /** Nobody objected. */
  OBJECTION_NOT_FOUND(Kind.NOT_FOUND),
  /** It is not for this person or department. */
  OBJECTION_PARTY_WRONG(Kind.FORBIDDEN),
  /** It has its answer. */
  OBJECTION_ANSWERED(Kind.CONFLICT),
  /** A text is missing or too long. */
  OBJECTION_TEXT_INVALID(Kind.INVALID),
  /** The time limit has not passed. */
  OBJECTION_NOT_DUE(Kind.CONFLICT);

  private final Kind kind;

  ObjectionRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
