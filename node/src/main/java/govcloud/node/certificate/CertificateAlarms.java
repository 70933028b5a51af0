package govcloud.node.certificate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import govcloud.node.audit.Alarm;
import govcloud.node.tls.NodeTls;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/** Looks at the doors from time to time; the same trouble is told once in a while only. */
final class CertificateAlarms {

  private static final Duration QUIET_REFUSAL = Duration.ofMinutes(10);
  private static final Duration QUIET_EXPIRY = Duration.ofHours(12);
  private static final int REMEMBERED = 1_000;

  private final NodeTls tls;
  private final Duration expiryAlarm;
  private final String node;
  private final BiConsumer<Alarm, String> alarms;
  private final InstantSource clock;
  private final Cache<String, Instant> told = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /**
   * Nothing told yet.
   *
   * @param node whose doors they are
   */
  CertificateAlarms(
      NodeTls tls,
      Duration expiryAlarm,
      String node,
      BiConsumer<Alarm, String> alarms,
      InstantSource clock) {
    this.tls = tls;
    this.expiryAlarm = expiryAlarm;
    this.node = node;
    this.alarms = alarms;
    this.clock = clock;
  }

  /** Tells what is new. */
  void look() {
    tls.doors()
        .forEach(
            door -> {
              var certificate = door.certificate();
              if (endsSoon(certificate)) {
                tell(
                    Alarm.CERTIFICATE_EXPIRING,
                    node + " " + door.door() + ": " + certificate.getNotAfter().toInstant(),
                    QUIET_EXPIRY);
              }
            });
    tls.reports()
        .troubles()
        .forEach(
            (door, code) ->
                tell(Alarm.CERTIFICATE_NOT_RENEWED, node + " " + door + ": " + code, QUIET_EXPIRY));
    tls.reports()
        .fetch()
        .forEach(
            refused ->
                tell(
                    Alarm.CERTIFICATE_REFUSED,
                    "%s %s: %s %s"
                        .formatted(
                            node, refused.door(), refused.reason().label(), refused.address()),
                    QUIET_REFUSAL));
  }

  /** One that is made for a day is renewed within it: a quarter of its life is alarm enough. */
  private boolean endsSoon(X509Certificate certificate) {
    var begin = certificate.getNotBefore().toInstant();
    var end = certificate.getNotAfter().toInstant();
    var quarter = Duration.between(begin, end).dividedBy(4);
    var enough = quarter.compareTo(expiryAlarm) < 0 ? quarter : expiryAlarm;
    return end.minus(enough).isBefore(clock.instant());
  }

  private void tell(Alarm alarm, String what, Duration quiet) {
    var key = alarm + " " + what;
    var now = clock.instant();
    var last = told.getIfPresent(key);
    if (last == null || !now.isBefore(last.plus(quiet))) {
      told.put(key, now);
      alarms.accept(alarm, what);
    }
  }
}
