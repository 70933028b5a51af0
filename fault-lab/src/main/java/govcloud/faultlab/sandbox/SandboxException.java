package govcloud.faultlab.sandbox;

/** The machine does not let the lab do what it needs. */
public final class SandboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was tried and what came of it. */
  public SandboxException(String message) {
    super(message);
  }
}
