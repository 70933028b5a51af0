package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.pki.request.ProgramKey;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackLineTest {

  private static CallbackLine line(String... privateHosts) throws Exception {
    return new CallbackLine(
        SSLContext.getDefault().getSocketFactory(),
        Set.of(privateHosts),
        Duration.ofSeconds(1),
        ProgramKey.of("harbour", new byte[32]),
        new SecureRandom(),
        Clock.systemUTC());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://198.51.99.7/a",
        "ftp://198.51.99.7/a",
        "198.51.99.7/a",
        "https:///a",
        "https://user:secret@198.51.99.7/a",
        "https://198.51.99.7/a?token=secret",
        "https://198.51.99.7/a#b",
        "https://198.51.99.7/ a",
        "https://127.0.0.1/a",
        "https://localhost/a",
        "https://0.0.0.0/a",
        "https://10.0.0.1/a",
        "https://172.16.0.1:8443/a",
        "https://192.168.1.1/a",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/a",
        "https://[::ffff:127.0.0.1]/a",
        "https://[fe80::1]/a",
        "https://2130706433/a"
      })
  void addressThatLeadsInsideOrTellsSecrets_isRefusedAndNotRepeated(String text) throws Exception {
    var line = line();
    assertThatThrownBy(() -> line.require(text))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("secret@")
        .hasMessageNotContaining("token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:1::"
      })
  void networkThatIsNotPublic_isNone(String address) throws Exception {
    assertThat(CallbackLine.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "192.0.32.7",
        "198.20.0.1",
        "203.0.114.1",
        "223.255.255.254",
        "2400:3200::1",
        "2001:da8::1"
      })
  void publicNetwork_isOne(String address) throws Exception {
    assertThat(CallbackLine.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void privateHost_thatTheOperatorAllows_isTaken() throws Exception {
    var line = line("127.0.0.1");
    assertThatCode(() -> line.require("https://127.0.0.1:8443/a")).doesNotThrowAnyException();
    assertThatThrownBy(() -> line.require("https://localhost/a")).hasMessageContaining("private");
  }
}
