package govcloud.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import govcloud.node.cluster.ClusterView.Unallocated;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostlessSlicesTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final List<Unallocated> TWO =
      List.of(new Unallocated(3, NOON), new Unallocated(4, NOON.plusSeconds(30)));

  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final PrometheusMetricReader reader = PrometheusMetricReader.create();
  private final HostlessSlices slices = slices();

  private HostlessSlices slices() {
    var logger = new LoggerContext().getLogger("test");
    said.start();
    logger.addAppender(said);
    var made = new HostlessSlices(Duration.ofSeconds(60), logger);
    made.measure(SdkMeterProvider.builder().registerMetricReader(reader).build().get("test"));
    return made;
  }

  private List<String> said() {
    return said.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  private String figure() {
    var out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(out, reader.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("govcloud_cluster_hostless_slices{"))
        .map(line -> line.replaceFirst(".*} ([0-9]+)(\\.0)?", "$1"))
        .findAny()
        .orElseThrow();
  }

  @Test
  void sliceThatMoves_isNotTold() {
    slices.look(TWO, NOON.plusSeconds(59));
    slices.look(List.of(), NOON.plusSeconds(61));
    assertThat(said()).isEmpty();
    assertThat(figure()).isEqualTo("0");
  }

  @Test
  void sliceWithoutHostForAMinute_isToldAtThatMoment_onceEach_andWhenItIsOver() {
    slices.look(TWO, NOON.plusSeconds(60));
    slices.look(TWO, NOON.plusSeconds(61));
    assertThat(figure()).isEqualTo("1");
    slices.look(TWO, NOON.plusSeconds(90));
    assertThat(figure()).isEqualTo("2");
    slices.look(TWO.subList(1, 2), NOON.plusSeconds(95));
    assertThat(figure()).isEqualTo("1");
    assertThat(said())
        .containsExactly(
            "ERROR SLICE_WITHOUT_HOST: no node hosts slices [3] (expected: within PT1M)",
            "ERROR SLICE_WITHOUT_HOST: no node hosts slices [4] (expected: within PT1M)",
            "INFO slices [3]: hosted again");
  }
}
