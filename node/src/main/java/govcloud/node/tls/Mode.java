package govcloud.node.tls;

import com.typesafe.config.Config;
import java.util.Locale;

/** How strict a node is when it starts; {@code govcloud.mode}. */
public enum Mode {
  /** For trying out and for tests. */
  DEVELOPMENT,
  /** For real data: what is not safe is refused at the start. */
  PRODUCTION;

  private static final String KEY = "govcloud.mode";

  /** Reads {@code govcloud.mode} from the whole configuration. */
  public static Mode from(Config root) {
    var word = root.getString(KEY);
    for (var mode : values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        KEY + ": " + word + " (expected: development or production)");
  }
}
