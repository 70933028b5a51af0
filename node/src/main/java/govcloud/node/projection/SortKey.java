package govcloud.node.projection;

import java.time.Instant;
import java.util.Locale;

/** Texts that sort like the values they stand for. */
public final class SortKey {

  private static final long LATEST = 999_999_999_999_999L;

  private SortKey() {}

  /** Earliest first; null, no time at all, comes last. Milliseconds. */
  public static String ascending(Instant instant) {
    return text(instant == null ? LATEST : instant.toEpochMilli());
  }

  /** Latest first. Milliseconds. */
  public static String descending(Instant instant) {
    return text(LATEST - instant.toEpochMilli());
  }

  private static String text(long number) {
    return String.format(Locale.ROOT, "%015d", Math.max(0, Math.min(LATEST, number)));
  }
}
