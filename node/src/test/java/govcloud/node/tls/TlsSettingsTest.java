package govcloud.node.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsSettingsTest {

  @TempDir private Path folder;

  @Test
  void reference_read_everyKeyIsMappedAndNoDoorHasTls() {
    ReferenceKeys.requireMappedAndExplained("govcloud.tls", TlsSettings.class);
    var tls = ConfigFactory.parseResources("reference.conf").getConfig("govcloud.tls");
    assertThat(tls.getConfig("http").root().keySet())
        .containsExactlyInAnyOrder(
            "certificate-file",
            "key-file",
            "keystore-file",
            "keystore-password-file",
            "hsts-max-age");
    assertThat(tls.getConfig("cluster").root().keySet())
        .containsExactlyInAnyOrder(
            "certificate-file",
            "key-file",
            "keystore-file",
            "keystore-password-file",
            "authority-file",
            "peer-name");
    var settings = TlsSettings.from(ReferenceKeys.reference());
    assertThat(settings.http()).isEmpty();
    assertThat(settings.cluster()).isEmpty();
    assertThat(Mode.from(ReferenceKeys.reference())).isEqualTo(Mode.DEVELOPMENT);
  }

  @Test
  void everyKeyGiven_read_isInTheSettings() {
    var settings =
        TlsSettings.from(
            Doors.config(
                """
                govcloud.tls {
                  reload-interval = 3s, expiry-alarm = 5d
                  http { certificate-file = a, key-file = b, hsts-max-age = 7d }
                  cluster {
                    certificate-file = c, key-file = d, authority-file = e, peer-name = f
                  }
                }
                """));
    assertThat(settings.reloadInterval()).hasSeconds(3);
    assertThat(settings.expiryAlarm()).hasDays(5);
    assertThat(settings.http().orElseThrow().files().certificate()).hasToString("a");
    assertThat(settings.http().orElseThrow().files().key()).hasToString("b");
    assertThat(settings.http().orElseThrow().hstsMaxAge()).hasDays(7);
    var cluster = settings.cluster().orElseThrow();
    assertThat(cluster.certificate()).hasToString("c");
    assertThat(cluster.key()).hasToString("d");
    assertThat(cluster.authorities().orElseThrow()).hasToString("e");
    assertThat(cluster.peerName()).isEqualTo("f");
  }

  @Test
  void stores_read_areTheFilesOfTheirDoors() {
    var settings =
        TlsSettings.from(
            Doors.config(
                """
                govcloud.tls {
                  http { keystore-file = a, keystore-password-file = b }
                  cluster {
                    keystore-file = c, keystore-password-file = d
                    authority-file = e, peer-name = f
                  }
                }
                """));
    var http = settings.http().orElseThrow().files();
    assertThat(http.certificate()).hasToString("a");
    assertThat(http.password().orElseThrow()).hasToString("b");
    var cluster = settings.cluster().orElseThrow();
    assertThat(cluster.key()).hasToString("c");
    assertThat(cluster.password().orElseThrow()).hasToString("d");
    assertThat(cluster.authorities().orElseThrow()).hasToString("e");
    assertThat(cluster.peerName()).isEqualTo("f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tls.reload-interval = 0s | govcloud.tls.reload-interval: PT0S (expected: >= 1 ms",
        "tls.http.keystore-file = a | govcloud.tls.http.keystore-password-file:  (expected:"
            + " keystore-file and",
        "tls.http { keystore-file = a, keystore-password-file = b, certificate-file = c, key-file ="
            + " d } | govcloud.tls.http.keystore-file: a (expected: either it",
        "tls.expiry-alarm = -1s | govcloud.tls.expiry-alarm: PT-1S (expected: >= 0",
        "tls.http.certificate-file = a | govcloud.tls.http.key-file:  (expected: certificate-file",
        "tls.cluster { certificate-file = a, key-file = b } | govcloud.tls.cluster.authority-file:",
        "tls.http { certificate-file = a, key-file = b, hsts-max-age = -1s } | hsts-max-age: PT-1S",
        "mode = test | govcloud.mode: test (expected: development or production",
      })
  void badSetting_read_namesKeyValueAndExpectation(String line, String message) {
    var config = Doors.config("govcloud." + line);
    assertThatThrownBy(
            () -> {
              Mode.from(config);
              TlsSettings.from(config);
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void keyThatOthersCanRead_opened_isRefusedWithSettingModeAndCode() throws Exception {
    var doors = new Doors(folder);
    var lines = doors.httpLines();
    Files.setPosixFilePermissions(doors.http(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> Doors.open(lines))
        .hasMessageStartingWith("govcloud.tls.http.certificate-file: ")
        .hasMessageContaining("rw-r--r-- (expected: rw-------; chmod 600 mends it)")
        .hasMessageEndingWith("TLS_KEY_EXPOSED");
  }
}
