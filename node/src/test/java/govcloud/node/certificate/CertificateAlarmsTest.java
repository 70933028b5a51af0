package govcloud.node.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.audit.Alarm;
import govcloud.node.tls.Doors;
import govcloud.node.tls.NodeTls;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.PkiDefect;
import govcloud.pki.PkiException;
import govcloud.pki.RefusedCertificate;
import govcloud.pki.RefusedCertificate.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trouble with certificates raises its alarm, and the same trouble not with every look. */
class CertificateAlarmsTest {

  @TempDir private Path folder;
  private final List<String> raised = new ArrayList<>();
  private NodeTls tls;
  private Instant end;
  private Instant now;

  @BeforeEach
  void open() throws PkiException {
    tls = Doors.open(new Doors(folder).httpLines());
    end = tls.http().orElseThrow().certificate().getNotAfter().toInstant();
    now = end.minus(DevelopmentPki.LIFE);
  }

  private CertificateAlarms alarms(Duration expiryAlarm) {
    return new CertificateAlarms(
        tls, expiryAlarm, "node-1", (alarm, what) -> raised.add(alarm + " " + what), () -> now);
  }

  @Test
  void certificateThatEnds_isToldTwiceADay_fromAQuarterOfItsLifeOn() {
    var alarms = alarms(Duration.ofDays(30));
    alarms.look();
    now = end.minus(DevelopmentPki.LIFE.dividedBy(4)).minusSeconds(600);
    alarms.look();
    assertThat(raised).isEmpty();
    now = end.minus(DevelopmentPki.LIFE.dividedBy(4)).plusSeconds(600);
    alarms.look();
    alarms.look();
    assertThat(raised).containsExactly(Alarm.CERTIFICATE_EXPIRING + " node-1 http: " + end);
    now = now.plus(Duration.ofHours(12));
    alarms.look();
    assertThat(raised).hasSize(2);
  }

  @Test
  void certificateForCassandra_thatEnds_isToldToo() throws PkiException {
    tls = Doors.open(new Doors(folder).cassandraLines());
    end = tls.cassandra().orElseThrow().certificate().getNotAfter().toInstant();
    now = end.minusSeconds(60);
    alarms(Duration.ofDays(30)).look();
    assertThat(raised).containsExactly(Alarm.CERTIFICATE_EXPIRING + " node-1 cassandra: " + end);
  }

  @Test
  void certificateThatEnds_isToldNotBeforeTheTimeOfTheSettings() {
    now = end.minusSeconds(61);
    alarms(Duration.ofMinutes(1)).look();
    assertThat(raised).isEmpty();
    now = end.minusSeconds(59);
    alarms(Duration.ofMinutes(1)).look();
    assertThat(raised).hasSize(1);
  }

  @Test
  void refusedCertificate_isToldByAddress_andAgainAfterTenMinutes() {
    var alarms = alarms(Duration.ofMinutes(1));
    refuse("10.0.0.9");
    refuse("10.0.0.9");
    refuse("10.0.0.8");
    alarms.look();
    assertThat(raised)
        .containsExactly(
            Alarm.CERTIFICATE_REFUSED + " node-1 cluster: expired 10.0.0.9",
            Alarm.CERTIFICATE_REFUSED + " node-1 cluster: expired 10.0.0.8");
    now = now.plus(Duration.ofMinutes(10));
    alarms.look();
    assertThat(raised).hasSize(2);
    refuse("10.0.0.9");
    alarms.look();
    assertThat(raised).hasSize(3);
  }

  private void refuse(String address) {
    tls.reports()
        .refused(
            new RefusedCertificate(
                "cluster", address, "CN=n", "CN=a", "1f", Reason.EXPIRED, "expired"));
  }

  @Test
  void certificateThatIsNotRenewed_isToldWithTheDefect_untilItIs() {
    var alarms = alarms(Duration.ofMinutes(1));
    tls.reports().notRenewed("http", new PkiException(PkiDefect.TLS_KEY_FOREIGN, "another key"));
    alarms.look();
    assertThat(raised)
        .containsExactly(Alarm.CERTIFICATE_NOT_RENEWED + " node-1 http: TLS_KEY_FOREIGN");
    tls.reports().renewed("http", tls.http().orElseThrow().certificate());
    now = now.plus(Duration.ofHours(13));
    alarms.look();
    assertThat(raised).hasSize(1);
  }
}
