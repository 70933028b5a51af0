package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import govcloud.node.replication.ZeroLossSettings.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeroLossSettingsTest {

  private static ZeroLossSettings read(String text) {
    return ZeroLossSettings.from(
        ConfigFactory.parseString("govcloud.replication.zero-loss { " + text + " }")
            .withFallback(ReferenceKeys.reference())
            .resolve());
  }

  @Test
  void everyKey_reference_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained(
        "govcloud.replication.zero-loss", ZeroLossSettings.class);
  }

  @Test
  void nothingSet_read_waitsFiveSecondsAndThenRefuses() {
    assertThat(read("")).isEqualTo(new ZeroLossSettings(Duration.ofSeconds(5), Policy.REFUSE));
    assertThat(read("policy = continue").policy()).isEqualTo(Policy.CONTINUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit = 0 | limit: PT0S (expected: >= 1 ms)",
        "limit = 20s | limit: PT20S (expected: shorter than govcloud.http.request-timeout, PT20S)",
        "policy = maybe | policy: maybe (expected: refuse or continue)"
      })
  void wrongValue_read_namesKeyValueAndExpectation(String setting, String message) {
    assertThatThrownBy(() -> read(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("govcloud.replication.zero-loss." + message);
  }
}
