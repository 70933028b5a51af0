package govcloud.node.http;

/**
 * Published reasons for which the border itself turns a request down, beside the refusals of the
 * domain. A code is never renamed or used again; each one is explained in docs/error-codes.md.
 */
public enum BorderCode {
  REQUEST_MALFORMED(400, "The request is not HTTP as expected"),
  PARAMETER_MALFORMED(400, "A parameter is not as expected"),
  PARAMETER_UNKNOWN(400, "A parameter is not known"),
  IDENTIFIER_MALFORMED(400, "An identifier is not as expected"),
  ACTING_AS_MALFORMED(400, "Govcloud-Acting-As is not as expected"),
  IDEMPOTENCY_KEY_NEEDED(400, "Idempotency-Key is needed"),
  PAGE_TOKEN_INVALID(400, "The page token is not one of ours"),
  EVENT_CURSOR_MALFORMED(400, "Last-Event-ID is not one of ours"),
  BODY_MISSING(400, "The body is missing"),
  JSON_MALFORMED(400, "The body is not JSON"),
  JSON_TOO_DEEP(400, "The body is nested too deeply"),
  REQUEST_SIGNATURE_MALFORMED(400, "The request's signature is not as expected"),
  CONTENT_DIGEST_WRONG(400, "The body is not what its digest says"),
  PROVIDER_LOGOUT_REFUSED(400, "Not a sign-out of the identity provider"),
  REQUEST_SIGNATURE_WRONG(401, "The request's signature is wrong"),
  REQUEST_REPLAYED(401, "The signed request came before"),
  TOKEN_NEEDED(401, "A token is needed"),
  TOKEN_WRONG(401, "The token is wrong"),
  SIGN_IN_REFUSED(401, "Account, password, code or passkey is wrong"),
  PROVIDER_SIGN_IN_REFUSED(401, "Not signed in by what the identity provider says"),
  SIGN_IN_CODE_USED(401, "The code was used before"),
  NOT_ALLOWED(403, "The role may not do this"),
  ACTING_AS_NOT_ALLOWED(403, "Nobody may act as somebody else"),
  CSRF_TOKEN_WRONG(403, "The request may come from another site"),
  ACCOUNT_OWN(403, "Nobody decides on an account of their own"),
  PASSWORD_EXPIRED(403, "The password is too old"),
  PASSKEY_NEEDED(403, "The account has no passkey"),
  PERSON_NEEDED(403, "Only a person may do this"),
  NUMBER_NOT_ALLOWED(403, "Case numbers are given by the platform"),
  OPERATOR_ONLY(403, "Only an operator may do this"),
  TENANT_NOT_IN_COPY(404, "This is a copy of another department"),
  NOT_FOUND(404, "There is no such thing"),
  ATTACHMENT_NOT_FOUND(404, "There is no such attachment"),
  PATH_UNKNOWN(404, "There is no such path"),
  METHOD_NOT_ALLOWED(405, "The path does not take this method"),
  EXCHANGE_OFF(409, "This cloud has no ledger"),
  EXCHANGE_VALUES_OTHER(409, "Other values left"),
  REPLICATION_OFF(409, "This cloud has no archive"),
  REFILL_NOT_NEEDED(409, "The sibling has what it signed for"),
  VAULT_OFF(409, "This cloud does not seal personal data"),
  CUT_LOCKED(409, "The cut is within its time-lock"),
  CUT_NEWEST(409, "The newest cut is kept"),
  CUT_NOT_RELEASED(409, "The cloud that made the cut keeps it"),
  FAILOVER_PAST(409, "The sibling has another site already"),
  KEY_ROTATION_PAST(409, "There is another key already"),
  KEY_ROTATION_UNFINISHED(409, "The key before is not in use yet"),
  FIRST_ACCOUNTS_MADE(409, "The first accounts are made already"),
  VIEW_NOT_REBUILDABLE(409, "This view is not built again"),
  VIEW_HISTORY_TRIMMED(409, "The log no longer has the first records"),
  VIEW_REBUILDING(409, "The view is being built again already"),
  HEAD_TOO_SLOW(408, "The head did not arrive in time"),
  BODY_TOO_SLOW(408, "The body did not arrive in time"),
  EVENTS_TRIMMED(410, "The log no longer has these events"),
  BODY_TOO_LARGE(413, "The body is too large"),
  CONTENT_TYPE_UNSUPPORTED(415, "The content type is not supported"),
  CONTENT_TYPE_WRONG(415, "The content is not of its type"),
  RANGE_NOT_SATISFIABLE(416, "The range is behind the end"),
  HOST_NOT_SERVED(421, "This host is not served here"),
  ATTACHMENT_UNKNOWN(422, "The attachment is not there"),
  BODY_INVALID(422, "The body does not fit the contract"),
  FORM_INVALID(422, "The form does not fit its schema"),
  PASSKEY_REFUSED(422, "The passkey was not made for this site"),
  SIGNATURE_REFUSED(422, "The passkey has not signed this command"),
  PASSWORD_TOO_WEAK(422, "The password is too easy to guess"),
  PASSWORD_BREACHED(422, "The password is known from a breach"),
  PASSWORD_USED_BEFORE(422, "The password was used before"),
  DISASTER_CLASS_TOO_LOW(422, "A change may not be less safe than its department and app are"),
  IF_MATCH_NEEDED(428, "If-Match is needed"),
  RATE_LIMITED(429, "Too many requests"),
  SIGN_IN_BUSY(429, "Too many sign-ins at the same time"),
  SIGN_IN_SOURCE_CLOSED(429, "Too many accounts were refused from this address"),
  ACTIVE_CASES_EXHAUSTED(429, "The department's active cases are used up"),
  APP_INSTANCES_EXHAUSTED(429, "The department's apps are used up"),
  ATTACHMENT_DAMAGED(500, "The attachment is damaged"),
  INTERNAL(500, "Something is wrong on our side"),
  ENTITY_BROKEN(500, "The thing cannot work"),
  ENTITY_DAMAGED(500, "The stored history does not hold together"),
  AUDIT_UNAVAILABLE(503, "It cannot be written down, so it is not done"),
  EXCHANGE_BATCH_UNDER_WAY(503, "The batch is still on its way"),
  EXCHANGE_FILE_BEING_READ(503, "The file is still being read"),
  EXCHANGE_NOT_RECORDED(503, "It cannot be recorded, so nothing is given out"),
  UNAVAILABLE(503, "Not available at the moment"),
  VAULT_UNAVAILABLE(503, "The keys of personal data are not available"),
  IDENTITY_PROVIDER_AWAY(503, "The identity provider does not answer"),
  ATTACHMENTS_UNAVAILABLE(503, "Attachments are not available"),
  OUTCOME_UNKNOWN(503, "Whether it is done is not known"),
  OVERLOADED(503, "More requests than the node can work on"),
  VIEW_BEHIND(503, "The list has not come that far"),
  REQUEST_TIMEOUT(503, "It took too long"),
  TENANT_WAITING(503, "The department is still to be proved"),
  TENANT_DAMAGED(503, "The department is not what it was"),
  SITE_DRAINED(503, "The site is being moved"),
  SIBLING_AWAY(503, "Nothing may be lost, and the sibling cloud is away"),
  NOT_YET_REPLICATED(504, "It is stored here and not yet at the sibling cloud"),
  ATTACHMENTS_FULL(507, "There is no room for attachments");

  private final int status;
  private final String title;

  BorderCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status of answers with this code. */
  public int status() {
    return status;
  }

  /** The same short sentence for every answer with this code. */
  public String title() {
    return title;
  }
}
