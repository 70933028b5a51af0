package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSettingsTest {

  @Test
  void reference_read_everyKeyIsMapped() {
    var config = ConfigFactory.parseResources("reference.conf").getConfig("govcloud.http");
    assertThat(config.root().keySet()).hasSize(HttpSettings.class.getRecordComponents().length);
    assertThat(HttpSettings.from(ConfigFactory.load()).host()).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "port,70000,0 to 65535",
    "max-body,1,1 KiB",
    "max-connections,0,>= 1",
    "burst-seconds,0,>= 1",
    "requests-per-source,-1,>= 0",
    "requests-per-account,-1,>= 0",
    "connections-per-source,-1,>= 0",
    "head-timeout,0s,>= 1 ms",
    "latency-goal,0s,>= 1 ms",
    "least-concurrency,0,>= 1",
    "most-concurrency,15,>= least-concurrency",
    "most-streams,0,>= 1",
  })
  void badSetting_read_namesKeyValueAndExpectation(String key, String value, String expected) {
    var config =
        ConfigFactory.parseString("govcloud.http." + key + " = \"" + value + "\"")
            .withFallback(ConfigFactory.load());
    assertThatThrownBy(() -> HttpSettings.from(config))
        .isInstanceOf(HttpStartException.class)
        .hasMessageContaining("govcloud.http." + key + ": ")
        .hasMessageContaining(expected);
  }

  @Test
  void tokenFile_readableByOthers_isRefused(@TempDir Path folder) throws IOException {
    var file = TestTokens.write(folder, "rw-r-----");
    assertThatThrownBy(() -> Token.read(file)).hasMessageContaining("0600");
    assertThatThrownBy(() -> Token.read(folder.resolve("none")))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void token_asked_isItselfAndNothingDerived(@TempDir Path folder) throws IOException {
    var token = Token.read(TestTokens.write(folder, "rw-------"));
    assertThat(token.is(TestTokens.TOKEN)).isTrue();
    assertThat(token.is(TestTokens.TOKEN + "x")).isFalse();
    assertThat(token.is(token.derive("page"))).isFalse();
    assertThat(token.isDerived("page", token.derive("page"))).isTrue();
    assertThat(token.isDerived("page", token.derive("other"))).isFalse();
  }
}
