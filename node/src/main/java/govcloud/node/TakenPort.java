package govcloud.node;

import java.net.BindException;

/** Tells a port that another program has from other reasons for which a node does not start. */
final class TakenPort {

  private TakenPort() {}

  /**
   * A sentence that names key and value, if the port is the reason, or else the failure itself.
   *
   * @param key of the port, such as {@code govcloud.cluster.port}
   */
  static RuntimeException explain(String key, String host, int port, RuntimeException failure) {
    for (Throwable why = failure; why != null; why = why.getCause()) {
      // Pekko's remoting passes on the message of the bind failure, but not always the failure.
      var message = String.valueOf(why.getMessage());
      if (why instanceof BindException || message.contains("Failed to bind TCP")) {
        return new SettingsException(
            key
                + ": "
                + host
                + ":"
                + port
                + " cannot be listened on (expected: a port that no other program uses)",
            failure);
      }
    }
    return failure;
  }
}
