package govcloud.node.attachment;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which files are taken in; {@code govcloud.attachments} in the configuration.
 *
 * @param maxSize bytes that one may have
 * @param mediaTypes what it may be; each must be known to {@link MediaKind}
 * @param progressTimeout how long a client may take for the next 64 KiB
 */
public record AttachmentSettings(long maxSize, Set<String> mediaTypes, Duration progressTimeout) {

  private static final String PATH = "govcloud.attachments";
  private static final long LARGEST = 64L << 30;

  /** Checks every value; messages name key, value and expectation. */
  public AttachmentSettings {
    mediaTypes = Set.copyOf(mediaTypes);
    require(maxSize >= 1024 && maxSize <= LARGEST, "max-size", maxSize, "1 KiB to 64 GiB");
    require(progressTimeout.toMillis() >= 1, "progress-timeout", progressTimeout, "at least 1 ms");
    for (var type : mediaTypes) {
      require(MediaKind.of(type).isPresent(), "media-types", type, "some of " + MediaKind.types());
    }
  }

  /** Reads {@code govcloud.attachments}. */
  public static AttachmentSettings from(Config root) {
    var config = root.getConfig(PATH);
    return new AttachmentSettings(
        config.getBytes("max-size"),
        new TreeSet<>(config.getStringList("media-types")),
        config.getDuration("progress-timeout"));
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          PATH + "." + key + ": " + value + " (expected: " + expected + ")");
    }
  }
}
