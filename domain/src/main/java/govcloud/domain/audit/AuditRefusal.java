package govcloud.domain.audit;

import govcloud.domain.RefusalCode;

/** Why something was not done to the audit trail. */
public enum AuditRefusal implements RefusalCode {
  /** Only Govcloud itself writes the trail. */
  AUDIT_PLATFORM_ONLY(Kind.FORBIDDEN),
  /** Nothing, or too much at once. */
  AUDIT_BATCH_INVALID(Kind.INVALID),
  /** Only an audit administrator decides how long the trail is kept. */
  AUDIT_AUDITOR_ONLY(Kind.FORBIDDEN),
  /** The trail is never kept for a shorter time than before. */
  AUDIT_RETENTION_SHORTER(Kind.CONFLICT),
  /** The number of days makes no sense. */
  AUDIT_RETENTION_INVALID(Kind.INVALID);

  private final Kind kind;

  AuditRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
