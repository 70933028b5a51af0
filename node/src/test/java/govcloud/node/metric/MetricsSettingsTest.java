package govcloud.node.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsSettingsTest {

  private static MetricsSettings read(String text) {
    return MetricsSettings.from(
        ConfigFactory.parseString(text).withFallback(ReferenceKeys.reference()).resolve());
  }

  @Test
  void everyKey_reference_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.metrics", MetricsSettings.class);
  }

  @Test
  void nothingSet_read_sendsNowhere() {
    assertThat(read("").otlpEndpoint()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "otlp-endpoint = \"ftp://a\" | otlp-endpoint: ftp://a (expected: such as http://127.0.0.1:4318",
        "otlp-endpoint = collector | otlp-endpoint: collector (expected: such as http",
        "otlp-interval = 0 | otlp-interval: PT0S (expected: >= 1 ms)"
      })
  void wrongValue_read_namesKeyValueAndExpectation(String setting, String message) {
    assertThatThrownBy(() -> read("govcloud.metrics { " + setting + " }"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("govcloud.metrics." + message);
  }
}
