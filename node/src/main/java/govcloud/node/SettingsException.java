package govcloud.node;

/** Why a node does not start: one sentence with file, key, value and expectation. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
