package govcloud.domain.subject;

import govcloud.domain.RefusalCode;

/** Why something was not done to a data subject's entity. */
public enum SubjectRefusal implements RefusalCode {
  /** The data are kept for a court or another authority. */
  SUBJECT_HELD(Kind.CONFLICT),
  /** There is no such hold. */
  SUBJECT_HOLD_NOT_FOUND(Kind.NOT_FOUND),
  /** Another hold has this name. */
  SUBJECT_HOLD_EXISTS(Kind.CONFLICT),
  /** It is not for this role. */
  SUBJECT_ROLE_WRONG(Kind.FORBIDDEN),
  /** Something that is said is missing or too long. */
  SUBJECT_INVALID(Kind.INVALID);

  private final Kind kind;

  SubjectRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
