package govcloud.node.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * The entities that hold the trail: one for each hour, in UTC, and others beside it for when its
 * history does not hold together; one for the alarms of each day; and one for how long all is kept.
 */
final class AuditStreams {

  /** For how long the trail is kept. */
  static final String RETENTION = "audit/retention";

  /** So many streams an hour can have. */
  static final int LANES = 3;

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("'audit/'uuuu-MM-dd'-h'HH", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ALARMS =
      DateTimeFormatter.ofPattern("'audit/'uuuu-MM-dd'-alarms'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private AuditStreams() {}

  /** The stream of records of an hour. */
  static String of(Instant at, int lane) {
    return lane == 0 ? HOUR.format(at) : HOUR.format(at) + "-" + lane;
  }

  /** The stream of the alarms of a day. */
  static String alarms(Instant at) {
    return ALARMS.format(at);
  }

  /** Everything that can have been written in the hour of {@code at}. */
  static List<String> all(Instant at) {
    var hour = at.truncatedTo(ChronoUnit.HOURS);
    var streams = List.of(of(hour, 0), of(hour, 1), of(hour, 2));
    return hour.equals(hour.truncatedTo(ChronoUnit.DAYS))
        ? List.of(alarms(hour), streams.get(0), streams.get(1), streams.get(2))
        : streams;
  }
}
