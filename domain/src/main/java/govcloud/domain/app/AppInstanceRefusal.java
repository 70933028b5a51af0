package govcloud.domain.app;

import govcloud.domain.RefusalCode;

/** Why something was not done to a rented app. */
public enum AppInstanceRefusal implements RefusalCode {
  /** The department has not asked for this app. */
  APP_NOT_FOUND(Kind.NOT_FOUND),
  /** Another request holds the identifier. */
  APP_ALREADY_REQUESTED(Kind.CONFLICT),
  /** No application waits for a decision. */
  APP_NOT_REQUESTED(Kind.CONFLICT),
  /** The app is not being provisioned. */
  APP_NOT_PROVISIONING(Kind.CONFLICT),
  /** The app must be running for this. */
  APP_NOT_RUNNING(Kind.CONFLICT),
  /** Only a suspended app can be resumed. */
  APP_NOT_SUSPENDED(Kind.CONFLICT),
  /** The rent of the app has ended. */
  APP_TERMINATED(Kind.CONFLICT),
  /** Only the platform's operator may do this. */
  APP_OPERATOR_ONLY(Kind.FORBIDDEN),
  /** Only the platform itself may do this. */
  APP_PLATFORM_ONLY(Kind.FORBIDDEN),
  /** Nobody decides on a request of their own. */
  APP_OWN_REQUEST(Kind.FORBIDDEN),
  /** The catalogue has no such app or version. */
  APP_DEFINITION_UNKNOWN(Kind.INVALID),
  /** An upgrade needs a newer version. */
  APP_VERSION_NOT_NEWER(Kind.INVALID),
  /** A plan needs at least one seat and one case. */
  APP_PLAN_INVALID(Kind.INVALID),
  /** The administrative division code is not six digits. */
  APP_AREA_INVALID(Kind.INVALID),
  /** An identifier has a wrong form. */
  APP_IDENTIFIER_INVALID(Kind.INVALID),
  /** A reason must be given. */
  APP_REASON_MISSING(Kind.INVALID);

  private final Kind kind;

  AppInstanceRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
