package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.node.tls.Doors;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.DevelopmentPki.Door;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Under which names a node answers (attack case 11). */
class HostsTest {

  @TempDir private Path folder;

  private X509Certificate certificate(String node, String... names) throws Exception {
    var pki = new DevelopmentPki(folder, Clock.systemUTC(), new SecureRandom());
    pki.ensure(Door.PUBLIC, node, List.of(names));
    var file = DevelopmentPki.identity(folder, Door.PUBLIC, node);
    var lines = "govcloud.tls.http { certificate-file = \"%1$s\", key-file = \"%1$s\" }";
    return Doors.open(lines.formatted(file)).http().orElseThrow().certificate();
  }

  private static HttpRequest request(String host) {
    return HttpRequest.create("http://" + host + "/v1/me");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost:8443", "127.0.0.1:80", "127.9.9.9", "[::1]:8080"})
  void thisMachine_isServed(String host) {
    new Hosts(List.of(), () -> null).require(request(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.evil",
        "10.0.0.1",
        "[2001:db8::1]"
      })
  void anotherHost_isRefused(String host) {
    var hosts = new Hosts(List.of(), () -> null);
    assertThatThrownBy(() -> hosts.require(request(host)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(421);
              assertThat(refused.problem().code()).isEqualTo("HOST_NOT_SERVED");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "gov.example,true",
    "GOV.example.,true",
    "a.city.example,true",
    "a.b.city.example,false",
    "city.example,false",
    "10.1.2.3,true",
    "10.1.2.4,false",
    "further.example,true",
    "[2001:DB8:0:0::7]:8443,true",
    "[2001:db8::8],false",
    "[2001:db8::9],true"
  })
  void namesOfCertificateAndSettings_areServed(String host, boolean served) throws Exception {
    var shown = certificate("node-1", "gov.example", "*.city.example", "10.1.2.3");
    var further = List.of("Further.example", "2001:db8::7", "[2001:0db8::9]");
    var hosts = new Hosts(further, () -> shown);
    if (served) {
      hosts.require(request(host));
    } else {
      assertThatThrownBy(() -> hosts.require(request(host))).isInstanceOf(ProblemException.class);
    }
  }

  @Test
  void otherCertificate_itsNamesHoldAtOnce() throws Exception {
    var shown = new AtomicReference<>(certificate("node-1", "old.example"));
    var hosts = new Hosts(List.of(), shown::get);
    assertThat(hosts.isServed("old.example")).isTrue();
    shown.set(certificate("node-2", "new.example"));
    assertThat(hosts.isServed("new.example")).isTrue();
    assertThat(hosts.isServed("old.example")).isFalse();
  }

  @Test
  void textWithColons_thatIsNoAddress_isLookedUpNowhere() {
    var hosts = new Hosts(List.of("x:1"), () -> null);
    assertThat(hosts.isServed("x:1")).isTrue();
    assertThat(hosts.isServed("1:2:3")).isFalse();
  }

  @Test
  void foreignHost_atTheBorder_421BeforeAnythingElse(@TempDir Path house) throws IOException {
    try (var border = new BorderHouse(house)) {
      var request =
          List.of(
              "GET /v1/nonsense HTTP/1.1",
              "Host: evil.example",
              "Origin: http://evil.example",
              "Connection: close",
              "",
              "");
      var answer = border.raw(String.join("\r\n", request));
      assertThat(answer).startsWith("HTTP/1.1 421").contains("HOST_NOT_SERVED");
      assertThat(border.last).isNull();
    }
  }
}
