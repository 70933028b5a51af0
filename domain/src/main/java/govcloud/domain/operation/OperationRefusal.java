package govcloud.domain.operation;

import govcloud.domain.RefusalCode;

/** Why something was not done to a long-running request. */
public enum OperationRefusal implements RefusalCode {
  /** There is no operation under this identifier. */
  OPERATION_NOT_FOUND(Kind.NOT_FOUND),
  /** Another operation holds the identifier. */
  OPERATION_ALREADY_OPEN(Kind.CONFLICT),
  /** The operation has already ended. */
  OPERATION_ENDED(Kind.CONFLICT),
  /** The operation must not have begun for this. */
  OPERATION_NOT_PENDING(Kind.CONFLICT),
  /** The operation must be running for this. */
  OPERATION_NOT_RUNNING(Kind.CONFLICT),
  /** Only a failed operation that may be tried again can be retried. */
  OPERATION_NOT_RETRYABLE(Kind.CONFLICT),
  /** The deadline has not passed. */
  OPERATION_NOT_EXPIRED(Kind.CONFLICT),
  /** The deadline does not lie in the future. */
  OPERATION_DEADLINE_INVALID(Kind.INVALID),
  /** The progress is not between nothing and all. */
  OPERATION_PROGRESS_INVALID(Kind.INVALID),
  /** The operation does not wait for two people to sign it. */
  APPROVAL_NOT_AWAITED(Kind.CONFLICT),
  /** Only people of certain roles sign, and each in person. */
  APPROVAL_ROLE_WRONG(Kind.FORBIDDEN),
  /** Nobody is two people. */
  APPROVAL_OWN(Kind.FORBIDDEN),
  /** Two people of different duties sign it. */
  APPROVAL_SAME_DUTY(Kind.FORBIDDEN),
  /** Both sign the same command. */
  APPROVAL_OTHER_COMMAND(Kind.CONFLICT),
  /** Two people have to sign first. */
  APPROVALS_MISSING(Kind.CONFLICT),
  /** A text is missing. */
  OPERATION_TEXT_INVALID(Kind.INVALID);

  private final Kind kind;

  OperationRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
