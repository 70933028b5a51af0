package govcloud.node.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CutSettingsTest {

  private static CutSettings with(String settings) {
    return CutSettings.from(
        ConfigFactory.parseString(settings).withFallback(ConfigFactory.load()).resolve());
  }

  @Test
  void everyKey_reference_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.replication.cut", CutSettings.class, "zone");
  }

  @Test
  void defaults_areTwoInTheNight_andFourHundredDays() {
    CutSettings settings = with("");
    assertThat(settings.retention()).isEqualTo(Duration.ofDays(400));
    Instant beforeTwo = Instant.parse("2026-03-02T17:59:59Z");
    assertThat(settings.lastDue(beforeTwo)).contains(Instant.parse("2026-03-01T18:00:00Z"));
    assertThat(settings.lastDue(beforeTwo.plusSeconds(1)))
        .contains(Instant.parse("2026-03-02T18:00:00Z"));
  }

  @Test
  void noTime_isOnDemand() {
    assertThat(with("govcloud.replication.cut.time = \"\"").lastDue(Instant.now())).isEmpty();
  }

  @Test
  void timeSkippedByTheClockChange_isDueAllTheSame() {
    CutSettings settings =
        with(
            "govcloud.catalogue.time-zone = Europe/Berlin, govcloud.replication.cut.time ="
                + " \"02:30\"");
    assertThat(settings.lastDue(Instant.parse("2026-03-29T01:30:00Z")))
        .contains(Instant.parse("2026-03-29T01:30:00Z"));
  }

  @Test
  void wrongValues_areNamed() {
    assertThatThrownBy(() -> with("govcloud.replication.cut.time = \"2 am\""))
        .hasMessage(
            "govcloud.replication.cut.time: 2 am (expected: a time such as 02:00, or nothing)");
    assertThatThrownBy(() -> with("govcloud.replication.cut.retention = 1h"))
        .hasMessage("govcloud.replication.cut.retention: PT1H (expected: >= 1 day)");
  }
}
