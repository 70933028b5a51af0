package govcloud.domain.deferral;

import govcloud.domain.RefusalCode;

/** Why something was not done to a deferral. */
public enum NoticeDeferralRefusal implements RefusalCode {
  /** Nobody asked for a deferral for this case, or nothing waits for an answer. */
  DEFERRAL_NOT_FOUND(Kind.NOT_FOUND),
  /** Another request for this case waits for the second person. */
  DEFERRAL_WAITS(Kind.CONFLICT),
  /** Its date has passed or it was released; what appeared stays. */
  DEFERRAL_OVER(Kind.CONFLICT),
  /** The release date is past, too far ahead, or not the one that was asked for. */
  DEFERRAL_DATE_INVALID(Kind.INVALID),
  /** A text is missing or too long, or not the one that was asked with. */
  DEFERRAL_TEXT_INVALID(Kind.INVALID),
  /** Whoever asked for a deferral cannot approve it. */
  DEFERRAL_APPROVER_TWICE(Kind.FORBIDDEN);

  private final Kind kind;

  NoticeDeferralRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
