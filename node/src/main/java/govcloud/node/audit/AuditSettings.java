package govcloud.node.audit;

import com.typesafe.config.Config;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * How the audit trail is written and watched; {@code govcloud.audit} in the configuration.
 *
 * @param durableReads whether reads of case data wait for their record
 * @param linger how long records wait for others
 * @param patience how long the trail may be silent before nothing more is let through
 * @param mostWaiting records that wait to be written, at most
 * @param refusalsEvery how long requests that were turned down at the border are added up
 * @param watch what raises an alarm
 */
public record AuditSettings(
    boolean durableReads,
    Duration linger,
    Duration patience,
    int mostWaiting,
    Duration refusalsEvery,
    Watch watch) {

  private static final String PATH = "govcloud.audit";

  /**
   * What raises an alarm.
   *
   * @param signIns refused sign-ins for one account or from one address within five minutes
   * @param denials of one person or address within a minute
   * @param reads of case data by one person within ten minutes
   * @param workBegins when administrators begin to work
   * @param workEnds when they have gone
   * @param zone of these times
   * @param canaries paths that nobody has any business with
   */
  public record Watch(
      int signIns,
      int denials,
      int reads,
      LocalTime workBegins,
      LocalTime workEnds,
      ZoneId zone,
      List<String> canaries) {
    public Watch {
      canaries = List.copyOf(canaries);
      atLeastOne("watch.sign-ins", signIns);
      atLeastOne("watch.denials", denials);
      atLeastOne("watch.reads", reads);
      if (!workBegins.isBefore(workEnds)) {
        throw wrong("watch.work-ends", workEnds, "after " + workBegins);
      }
      canaries.stream()
          .filter(path -> !path.startsWith("/v1/"))
          .forEach(
              path -> {
                throw wrong("watch.canaries", path, "a path that begins with /v1/");
              });
    }
  }

  public AuditSettings {
    atLeastOne("most-waiting", mostWaiting);
    if (linger.isNegative() || linger.compareTo(Duration.ofSeconds(1)) > 0) {
      throw wrong("linger", linger, "0 to 1 s");
    }
    if (patience.compareTo(linger) <= 0 || patience.compareTo(Duration.ofMinutes(1)) > 0) {
      throw wrong("patience", patience, "more than linger, at most 1 min");
    }
    if (refusalsEvery.toMillis() < 1 || refusalsEvery.compareTo(Duration.ofHours(1)) > 0) {
      throw wrong("refusals-every", refusalsEvery, "1 ms to 1 h");
    }
  }

  /** Reads {@code govcloud.audit}. */
  public static AuditSettings from(Config root) {
    var config = root.getConfig(PATH);
    var watch = config.getConfig("watch");
    return new AuditSettings(
        config.getBoolean("durable-reads"),
        config.getDuration("linger"),
        config.getDuration("patience"),
        config.getInt("most-waiting"),
        config.getDuration("refusals-every"),
        new Watch(
            watch.getInt("sign-ins"),
            watch.getInt("denials"),
            watch.getInt("reads"),
            LocalTime.parse(watch.getString("work-begins")),
            LocalTime.parse(watch.getString("work-ends")),
            ZoneId.of(watch.getString("zone")),
            watch.getStringList("canaries")));
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw wrong(key, value, ">= 1");
    }
  }

  private static IllegalArgumentException wrong(String key, Object value, String expected) {
    return new IllegalArgumentException(
        PATH + "." + key + ": " + value + " (expected: " + expected + ")");
  }
}
