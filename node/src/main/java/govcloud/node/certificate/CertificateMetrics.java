package govcloud.node.certificate;

import govcloud.node.tls.NodeTls;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.time.InstantSource;

/** What a node measures of its doors. */
final class CertificateMetrics {

  private static final AttributeKey<String> DOOR = AttributeKey.stringKey("door");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
  private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

  private CertificateMetrics() {}

  /** Begins to measure. */
  static void measure(Meter meter, NodeTls tls, InstantSource clock) {
    meter
        .gaugeBuilder("govcloud.tls.certificate.remaining")
        .setUnit("d")
        .setDescription("How long the certificate of a door lasts")
        .buildWithCallback(
            to ->
                tls.doors()
                    .forEach(
                        door -> {
                          var end = door.certificate().getNotAfter().toInstant();
                          var left = Duration.between(clock.instant(), end).toSeconds();
                          to.record(left / SECONDS_A_DAY, Attributes.of(DOOR, door.door()));
                        }));
    meter
        .counterBuilder("govcloud.tls.refused.certificates")
        .setUnit("{certificate}")
        .setDescription("Certificates that were shown at a door and not taken, by reason")
        .buildWithCallback(
            to ->
                tls.reports()
                    .counts()
                    .forEach(
                        (kind, count) ->
                            to.record(
                                count,
                                Attributes.of(DOOR, kind.door(), REASON, kind.reason().label()))));
  }
}
