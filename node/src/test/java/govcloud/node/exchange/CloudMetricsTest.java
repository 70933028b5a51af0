package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CloudMetricsTest {

  @Test
  void queriesOfOtherClouds_areCountedByCloudAndCode() throws Exception {
    var reader = PrometheusMetricReader.create();
    try (var provider = SdkMeterProvider.builder().registerMetricReader(reader).build()) {
      var queries = CloudMetrics.queries(provider.get("test"));
      queries.accept("mountain", "");
      queries.accept("mountain", "");
      queries.accept("mountain", "EXCHANGE_CLOUD_RATE");
      queries.accept("valley", "");
      var out = new ByteArrayOutputStream();
      PrometheusTextFormatWriter.create()
          .write(out, reader.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
      assertThat(out.toString(StandardCharsets.UTF_8).lines())
          .filteredOn(line -> line.startsWith("govcloud_exchange_cloud_queries"))
          .anyMatch(line -> line.matches(".*cloud=\"mountain\",code=\"ok\".*} 2(\\.0)?"))
          .anyMatch(
              line -> line.matches(".*cloud=\"mountain\",code=\"EXCHANGE_CLOUD_RATE\".*} 1(\\.0)?"))
          .anyMatch(line -> line.matches(".*cloud=\"valley\",code=\"ok\".*} 1(\\.0)?"))
          .hasSize(3);
    }
  }
}
