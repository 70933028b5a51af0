package govcloud.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CatalogueSettingsTest {

  @Test
  void referenceConf_read_mapsEveryKey() {
    var config = ConfigFactory.parseResources("reference.conf").getConfig("govcloud.catalogue");
    assertThat(CatalogueSettings.of(config))
        .isEqualTo(
            new CatalogueSettings(
                Path.of("apps"),
                "cn",
                ZoneId.of("Asia/Shanghai"),
                CatalogueSettings.CloudKind.EXTRANET));
    assertThat(config.root().keySet())
        .containsExactlyInAnyOrder("folder", "calendar", "time-zone", "cloud-kind");
    assertThat(config.root().values()).allMatch(value -> !value.origin().comments().isEmpty());
  }

  @Test
  void badValues_read_nameValueAndExpectation() {
    var good =
        ConfigFactory.parseString(
            "folder: apps, calendar: cn, time-zone: Asia/Shanghai, cloud-kind: intranet");
    assertThat(CatalogueSettings.of(good).cloudKind().word()).isEqualTo("intranet");
    assertBad("calendar: \"../cn\"", "calendar: \"../cn\" (expected: an identifier such as cn)");
    assertBad("time-zone: Mars", "time-zone: \"Mars\" (expected: a zone such as Asia/Shanghai)");
    assertBad("cloud-kind: skynet", "cloud-kind: \"skynet\" (expected: extranet or intranet)");
  }

  private static void assertBad(String change, String reason) {
    var config =
        ConfigFactory.parseString(change)
            .withFallback(
                ConfigFactory.parseString(
                    "folder: apps, calendar: cn, time-zone: UTC, cloud-kind: extranet"));
    assertThatThrownBy(() -> CatalogueSettings.of(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(reason);
  }
}
