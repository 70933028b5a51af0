package govcloud.node.replication.cut;

import com.typesafe.config.Config;
import govcloud.node.catalogue.CatalogueSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * When the cloud is cut; {@code govcloud.replication.cut} in the configuration.
 *
 * @param time of the day; none: only on demand
 * @param zone in which that time is meant, the catalogue's
 * @param retention how long a cut is kept at least
 * @param alarmAfter a newest cut that is older is an alarm, where there is a time of the day
 */
public record CutSettings(
    Optional<LocalTime> time, ZoneId zone, Duration retention, Duration alarmAfter) {

  private static final String PATH = "govcloud.replication.cut";

  /** Checks every value; messages name key, value and expectation. */
  public CutSettings {
    if (retention.toDays() < 1) {
      throw new IllegalArgumentException(
          PATH + ".retention: " + retention + " (expected: >= 1 day)");
    }
  }

  /** Reads the settings from the root of the configuration. */
  public static CutSettings from(Config root) {
    Config config = root.getConfig(PATH);
    return new CutSettings(
        time(config.getString("time")),
        CatalogueSettings.of(root.getConfig("govcloud.catalogue")).timeZone(),
        config.getDuration("retention"),
        config.getDuration("alarm-after"));
  }

  private static Optional<LocalTime> time(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalTime.parse(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          PATH + ".time: " + text + " (expected: a time such as 02:00, or nothing)", e);
    }
  }

  /** The last time at or before an instant at which a cut was due. */
  Optional<Instant> lastDue(Instant now) {
    return time.map(
        at -> {
          ZonedDateTime today = now.atZone(zone).toLocalDate().atTime(at).atZone(zone);
          return today.toInstant().isAfter(now)
              ? now.atZone(zone).toLocalDate().minusDays(1).atTime(at).atZone(zone).toInstant()
              : today.toInstant();
        });
  }
}
