package govcloud.domain.identity;

/** Why a sign-in was refused; told to auditors, not to the one who tries. */
public enum SignInFault {
  /** There is no such account, or it is no person's. */
  ACCOUNT_UNKNOWN,
  /** Nobody has accepted the invitation yet, or the account is suspended. */
  NOT_ACTIVE,
  /** The password is wrong. */
  PASSWORD_WRONG,
  /** The code of the second factor is missing or wrong. */
  SECOND_FACTOR_WRONG,
  /** The code of the second factor is right, and has been used before. */
  SECOND_FACTOR_USED,
  /** The one-time code of the invitation is wrong, has been used or is too old. */
  INVITATION_WRONG,
  /** The passkey is not one of this account. */
  PASSKEY_UNKNOWN,
  /** The challenge was used, is too old, or was given to another account or for something else. */
  PASSKEY_CHALLENGE_WRONG,
  /** The passkey was asked by another site: somebody may stand in between. */
  PASSKEY_ORIGIN_WRONG,
  /** The answer is not signed by the passkey, or its person was not verified. */
  PASSKEY_SIGNATURE_WRONG,
  /** The counter went back: there may be a copy of the key. */
  PASSKEY_COUNTER_WRONG,
  /** The identity provider lets the person not in, or the answer is not the provider's to us. */
  PROVIDER_REFUSED,
  /** The provider does not say that the person has shown a second factor, and lately. */
  PROVIDER_FACTOR_MISSING,
  /** The provider says that it is somebody else, or the account is not linked to it. */
  PROVIDER_IDENTITY_WRONG
}
