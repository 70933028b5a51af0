package govcloud.domain.app;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Case numbers from a definition's pattern: literal text with {@code {area}}, {@code {yyyy}},
 * {@code {yyyyMM}} and {@code {serial:N}}. The serial number counts through the whole life of a
 * rented app, so that a number is never given twice.
 */
public final class CaseNumber {

  /** Offices count years and months in this zone; all of China has one. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static final Pattern PART = Pattern.compile("\\{(area|yyyy|yyyyMM|serial:(\\d{1,2}))\\}");

  private CaseNumber() {}

  /**
   * Fills a pattern in.
   *
   * @param area administrative division code
   * @param at gives year and month
   * @param serial padded with zeros to N digits, longer if it has more
   */
  public static String of(String pattern, String area, Instant at, long serial) {
    return PART.matcher(pattern)
        .replaceAll(part -> Matcher.quoteReplacement(value(part.group(1), area, at, serial)));
  }

  private static String value(String part, String area, Instant at, long serial) {
    if (part.equals("area")) {
      return area;
    }
    if (part.startsWith("serial:")) {
      var digits = Math.max(1, Integer.parseInt(part.substring("serial:".length())));
      return String.format(Locale.ROOT, "%0" + digits + "d", serial);
    }
    return DateTimeFormatter.ofPattern(part, Locale.ROOT).withZone(ZONE).format(at);
  }
}
