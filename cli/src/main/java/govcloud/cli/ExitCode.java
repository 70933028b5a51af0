package govcloud.cli;

/** How a command ended, for scripts. The numbers never change. */
public enum ExitCode {
  /** Done. */
  OK(0, "done"),
  /** It failed; the message says why. */
  FAILED(1, "failed"),
  /** The command line is wrong. */
  USAGE(2, "wrong usage"),
  /** There is no such thing. */
  NOT_FOUND(3, "not found"),
  /** No token, or a wrong one. */
  AUTHENTICATION(4, "not authenticated"),
  /** The role may not do this. */
  FORBIDDEN(5, "forbidden"),
  /** The thing is in another state or version than the command expects. */
  CONFLICT(6, "conflict or failed precondition"),
  /** Too many requests, even after waiting. */
  RATE_LIMITED(7, "rate limited"),
  /** Not done in time; it may still go on. */
  TIMEOUT(8, "timeout, or an operation still runs"),
  /** No node answers. */
  UNAVAILABLE(9, "unavailable, or not healthy"),
  /** Some of it was done. */
  PARTIAL(10, "partly done"),
  /** It was checked, and something is wrong. */
  FINDINGS(11, "checked, and something is wrong"),
  /** Ended by Ctrl-C. */
  INTERRUPTED(130, "interrupted");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** What the shell sees. */
  public int number() {
    return number;
  }

  /** A few words for the documentation. */
  public String meaning() {
    return meaning;
  }

  /** The exit code for an HTTP status outside 2xx. */
  public static ExitCode ofStatus(int status) {
    return switch (status) {
      case 401 -> AUTHENTICATION;
      case 403 -> FORBIDDEN;
      case 404, 410 -> NOT_FOUND;
      case 408 -> TIMEOUT;
      case 409, 412, 428 -> CONFLICT;
      case 429 -> RATE_LIMITED;
      case 502, 503, 504 -> UNAVAILABLE;
      default -> FAILED;
    };
  }
}
