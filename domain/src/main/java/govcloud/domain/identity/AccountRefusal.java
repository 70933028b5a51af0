package govcloud.domain.identity;

import govcloud.domain.RefusalCode;

/** Why something was not done to an account. */
public enum AccountRefusal implements RefusalCode {
  /** There is no account of this name. */
  ACCOUNT_NOT_FOUND(Kind.NOT_FOUND),
  /** The name is taken. */
  ACCOUNT_ALREADY_EXISTS(Kind.CONFLICT),
  /** People have passwords and programs have keys. */
  ACCOUNT_KIND_WRONG(Kind.CONFLICT),
  /** Only an active account can be suspended, and only a suspended one resumed. */
  ACCOUNT_STATUS_WRONG(Kind.CONFLICT),
  /** Only a security administrator decides on accounts. */
  ACCOUNT_SECURITY_ONLY(Kind.FORBIDDEN),
  /** The duties of administrators exclude each other and every other role. */
  ACCOUNT_DUTIES_EXCLUSIVE(Kind.CONFLICT),
  /** The name is missing or too long. */
  ACCOUNT_NAME_INVALID(Kind.INVALID),
  /** The roles do not fit the account's home. */
  ACCOUNT_ROLES_INVALID(Kind.INVALID),
  /** A key must expire, and not at once. */
  ACCOUNT_KEY_EXPIRY_INVALID(Kind.INVALID),
  /** A reason must be given. */
  ACCOUNT_REASON_MISSING(Kind.INVALID),
  /** The challenge was used, is too old, or was given to another account. */
  PASSKEY_CHALLENGE_WRONG(Kind.CONFLICT),
  /** The account has this passkey. */
  PASSKEY_ALREADY_ADDED(Kind.CONFLICT),
  /** The name of a passkey is missing or too long. */
  PASSKEY_NAME_INVALID(Kind.INVALID),
  /** The passkey is not one of the account, or a copy of it is in use. */
  PASSKEY_COUNTER_WRONG(Kind.CONFLICT),
  /** An account has no more passkeys than this. */
  PASSKEYS_TOO_MANY(Kind.CONFLICT),
  /** Without it there would be no second factor. */
  SECOND_FACTOR_LAST(Kind.CONFLICT),
  /** A citizen's number has 17 digits and the right check character. */
  ACCOUNT_IDENTITY_INVALID(Kind.INVALID),
  /** The account is not a citizen's, or that of another one. */
  ACCOUNT_IDENTITY_OTHER(Kind.CONFLICT),
  /** People of the platform come in without an identity provider, which may be away with a site. */
  ACCOUNT_LOCAL_ONLY(Kind.CONFLICT),
  /** Nobody gives a role in an emergency but two people who sign it. */
  ACCOUNT_EMERGENCY_UNSIGNED(Kind.FORBIDDEN),
  /** The account has another role of an emergency. */
  ACCOUNT_EMERGENCY_ON(Kind.CONFLICT),
  /** Who decides on accounts for an hour gives, renews and takes away no duty, which would last. */
  ACCOUNT_EMERGENCY_DUTY(Kind.FORBIDDEN),
  /** Nobody invites a security administrator so but two people who sign it. */
  ACCOUNT_RECOVERY_UNSIGNED(Kind.FORBIDDEN),
  /** There is a security administrator who can come in, and who invites others. */
  ACCOUNT_RECOVERY_NEEDLESS(Kind.CONFLICT),
  /** The code that was signed for is good no more. */
  ACCOUNT_RECOVERY_LATE(Kind.CONFLICT),
  /** There were too many wrong attempts; nobody is let in for a time. */
  SIGN_IN_LOCKED(Kind.QUOTA);

  private final Kind kind;

  AccountRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
