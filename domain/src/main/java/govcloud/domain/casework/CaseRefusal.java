package govcloud.domain.casework;

import govcloud.domain.RefusalCode;

/** Why something was not done to a case. */
public enum CaseRefusal implements RefusalCode {
  /** There is no case under this identifier. */
  CASE_NOT_FOUND(Kind.NOT_FOUND),
  /** Another case holds the identifier. */
  CASE_ALREADY_EXISTS(Kind.CONFLICT),
  /** The process does not allow the action here; details name those it does. */
  CASE_ACTION_NOT_ALLOWED(Kind.CONFLICT),
  /** The app has no such action; details name those that are allowed. */
  CASE_ACTION_UNKNOWN(Kind.INVALID),
  /** A condition of the action does not hold. */
  CASE_GUARD_NOT_MET(Kind.CONFLICT),
  /** A condition of the action could not be evaluated. */
  CASE_GUARD_FAILED(Kind.CONFLICT),
  /** The role may not do this in the app. */
  CASE_ROLE_NOT_ALLOWED(Kind.FORBIDDEN),
  /** Only importers and operators may give an original time. */
  CASE_TIME_NOT_ALLOWED(Kind.FORBIDDEN),
  /** An original time lies in the future. */
  CASE_TIME_INVALID(Kind.INVALID),
  /** The case has reached a final state. */
  CASE_FINISHED(Kind.CONFLICT),
  /** The catalogue has no such app or version. */
  CASE_DEFINITION_UNKNOWN(Kind.INVALID),
  /** The newer version does not say what becomes of the case's state. */
  CASE_MIGRATION_NOT_DECLARED(Kind.CONFLICT),
  /** A migration needs a newer version. */
  CASE_MIGRATION_NOT_NEWER(Kind.INVALID),
  /** A form is not a JSON object. */
  CASE_FORM_UNREADABLE(Kind.INVALID),
  /** An extension of a time limit is no whole number of days, or too long. */
  CASE_EXTENSION_INVALID(Kind.INVALID),
  /** A text is missing or too long. */
  CASE_TEXT_INVALID(Kind.INVALID),
  /** An attachment is not described as it must be. */
  CASE_ATTACHMENT_INVALID(Kind.INVALID);

  private final Kind kind;

  CaseRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
