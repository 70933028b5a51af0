package govcloud.domain;

/**
 * A published reason for turning a request down. One enum per noun implements it; the constant's
 * name is the code, such as {@code TENANT_NOT_ACTIVE}, and is never renamed or used again.
 */
public interface RefusalCode {

  /** The code that callers see. */
  String name();

  /** What kind of answer it is. */
  Kind kind();

  /** Kinds of refusal; each has one HTTP status and one exit code. */
  enum Kind {
    /** The request itself is wrong: 422. */
    INVALID,
    /** The thing is not there: 404. */
    NOT_FOUND,
    /** The thing is in another state: 409. */
    CONFLICT,
    /** This person may not: 403. */
    FORBIDDEN,
    /** A rented limit is reached: 429. */
    QUOTA
  }
}
