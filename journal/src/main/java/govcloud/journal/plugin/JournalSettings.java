package govcloud.journal.plugin;

import com.typesafe.config.Config;
import govcloud.journal.Slices;
import govcloud.journal.core.HostSettings;
import govcloud.journal.core.TrimSettings;
import java.time.Duration;

/**
 * The slice journal's settings: {@code govcloud.journal}.
 *
 * @param slices of the cloud
 * @param host how a slice is hosted
 * @param coolDown after a slice was lost to another node, it is not taken back for this long
 * @param pollInterval readers ask this often when no notification arrives
 * @param readBatches batches that a reader fetches at once
 * @param recentBytes of each hosted slice's newest batches kept at hand for readers on this node
 */
public record JournalSettings(
    Slices slices,
    HostSettings host,
    Duration coolDown,
    Duration pollInterval,
    int readBatches,
    long recentBytes) {

  /** The configuration path of these settings. */
  public static final String PATH = "govcloud.journal";

  /** Checks every value; messages name key, value and expectation. */
  public JournalSettings {
    if (coolDown.isNegative()) {
      throw new IllegalArgumentException(PATH + ".cool-down: " + coolDown + " (expected: >= 0)");
    }
    if (pollInterval.toMillis() < 10) {
      throw new IllegalArgumentException(
          PATH + ".poll-interval: " + pollInterval + " (expected: >= 10 ms)");
    }
    if (readBatches < 1 || readBatches > 1024) {
      throw new IllegalArgumentException(
          PATH + ".read-batches: " + readBatches + " (expected: 1 to 1024)");
    }
    if (recentBytes < 0) {
      throw new IllegalArgumentException(
          PATH + ".recent-bytes: " + recentBytes + " (expected: >= 0)");
    }
  }

  /** Reads the settings from the whole configuration. */
  public static JournalSettings from(Config root) {
    Config config = root.getConfig(PATH);
    return new JournalSettings(
        new Slices(config.getInt("slices")),
        host(config),
        config.getDuration("cool-down"),
        config.getDuration("poll-interval"),
        config.getInt("read-batches"),
        config.getBytes("recent-bytes"));
  }

  private static HostSettings host(Config config) {
    return new HostSettings(
        Math.toIntExact(config.getBytes("max-batch-bytes")),
        config.getInt("max-batch-records"),
        Math.toIntExact(config.getBytes("max-record-bytes")),
        config.getInt("max-waiting"),
        config.getInt("gather-from"),
        config.getDuration("gather"),
        config.getDuration("tick"),
        config.getDuration("patience"),
        config.getDuration("read-lease"),
        config.getDuration("retry-pause"),
        config.getDuration("retry-pause-max"),
        config.getDuration("chunk-quiet"),
        Math.toIntExact(config.getBytes("chunk-bytes")),
        config.getDuration("chunk-age"),
        config.getInt("chunk-parallelism"),
        config.getInt("remembered-heads"),
        new TrimSettings(
            config.getBoolean("trim.enabled"),
            config.getLong("trim.keep"),
            config.getDuration("trim.interval")));
  }
}
