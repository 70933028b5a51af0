package govcloud.domain.recall;

import govcloud.domain.RefusalCode;

/** Why something was not done to a recall. */
public enum RecallRefusal implements RefusalCode {
  /** Nothing was recalled under this identifier. */
  RECALL_NOT_FOUND(Kind.NOT_FOUND),
  /** Another recall has this identifier. */
  RECALL_ALREADY_EXISTS(Kind.CONFLICT),
  /** It is not for this department or role. */
  RECALL_PARTY_WRONG(Kind.FORBIDDEN),
  /** The time limit has not passed. */
  RECALL_NOT_DUE(Kind.CONFLICT),
  /** The case did not receive what is recalled. */
  RECALL_CASE_UNKNOWN(Kind.NOT_FOUND),
  /** Something that is said is missing, too long or impossible. */
  RECALL_INVALID(Kind.INVALID);

  private final Kind kind;

  RecallRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
