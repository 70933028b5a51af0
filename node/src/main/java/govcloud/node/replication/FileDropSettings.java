package govcloud.node.replication;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The way to the sibling by files; {@code govcloud.replication.file-drop} in the configuration.
 *
 * @param outbox from which the gateway to the sibling takes files
 * @param inbox into which the gateway from the sibling puts files
 * @param window segments of a slice that may be on their way without a receipt
 * @param patience after which a file without an answer is taken for lost
 * @param interval how often the inbox is looked into
 */
public record FileDropSettings(
    Optional<Path> outbox, Optional<Path> inbox, int window, Duration patience, Duration interval) {

  private static final String PATH = "govcloud.replication.file-drop";
  private static final int LARGEST_WINDOW = 10_000;

  /** Checks every value; messages name key, value and expectation. */
  public FileDropSettings {
    require(window >= 1 && window <= LARGEST_WINDOW, "window", window, "1 to " + LARGEST_WINDOW);
    require(interval.toMillis() >= 1, "interval", interval, ">= 1 ms");
    require(patience.compareTo(interval) > 0, "patience", patience, "longer than interval");
  }

  /** Reads the settings from the root of the configuration. */
  static FileDropSettings from(Config root) {
    Config config = root.getConfig(PATH);
    return new FileDropSettings(
        folder(config, "outbox"),
        folder(config, "inbox"),
        config.getInt("window"),
        config.getDuration("patience"),
        config.getDuration("interval"));
  }

  private static Optional<Path> folder(Config config, String key) {
    return Optional.of(config.getString(key)).filter(path -> !path.isEmpty()).map(Path::of);
  }

  /** Refuses settings without folders, or with one for both ways. */
  void requireFolders() {
    require(outbox.isPresent(), "outbox", "\"\"", "a folder");
    require(inbox.isPresent(), "inbox", "\"\"", "a folder");
    require(!inbox.equals(outbox), "inbox", inbox.orElseThrow(), "another folder than outbox");
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          PATH + "." + key + ": " + value + " (expected: " + expected + ")");
    }
  }
}
