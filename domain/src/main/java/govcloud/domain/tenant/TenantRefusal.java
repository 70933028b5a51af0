package govcloud.domain.tenant;

import govcloud.domain.RefusalCode;

/** Why something was not done to a department. */
public enum TenantRefusal implements RefusalCode {
  /** No department is registered under this identifier. */
  TENANT_NOT_FOUND(Kind.NOT_FOUND),
  /** Another registration holds the identifier. */
  TENANT_ALREADY_REGISTERED(Kind.CONFLICT),
  /** The department must be active for this. */
  TENANT_NOT_ACTIVE(Kind.CONFLICT),
  /** Only a suspended department can be resumed. */
  TENANT_NOT_SUSPENDED(Kind.CONFLICT),
  /** A suspended department is resumed, not activated. */
  TENANT_SUSPENDED(Kind.CONFLICT),
  /** The department's rent has ended. */
  TENANT_CLOSED(Kind.CONFLICT),
  /** Only the platform's operator may do this. */
  TENANT_OPERATOR_ONLY(Kind.FORBIDDEN),
  /** A name is missing or too long. */
  TENANT_NAME_INVALID(Kind.INVALID),
  /** The unified social credit code has a wrong form or check character. */
  TENANT_CREDIT_CODE_INVALID(Kind.INVALID),
  /** The administrative division code is not six digits. */
  TENANT_DIVISION_INVALID(Kind.INVALID),
  /** A quota is below one. */
  TENANT_QUOTA_INVALID(Kind.INVALID),
  /** A contact has no name, no role, or a wrong address. */
  TENANT_CONTACT_INVALID(Kind.INVALID),
  /** A reason must be given. */
  TENANT_REASON_MISSING(Kind.INVALID),
  /** The retention time is out of bounds. */
  TENANT_RETENTION_INVALID(Kind.INVALID);

  private final Kind kind;

  TenantRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
