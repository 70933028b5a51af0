package govcloud.node.projection;

import java.time.Instant;

/** Texts that sort like the values they stand for. */
public final class SortKey {

  private static final int DIGITS = 15;
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
    String digits = Long.toString(Math.max(0, Math.min(LATEST, number)));
    return "0".repeat(DIGITS - digits.length()) + digits;
  }
}
