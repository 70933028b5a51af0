package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import govcloud.node.replication.ReplicationStatus.Mark;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicationMetricsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  private final PrometheusMetricReader reader = PrometheusMetricReader.create();
  private final SdkMeterProvider provider =
      SdkMeterProvider.builder().registerMetricReader(reader).build();
  private ReplicationStatus status;

  private static ReplicationStatus status(SliceState slice, Instant cut, Instant now) {
    ReplicationSettings settings =
        ReplicationSettings.from(
            ConfigFactory.parseString(
                    """
                    govcloud.replication { keys-folder = k, archive-folder = a, received-folder = r
                      sibling = mountain, sibling-addresses = ["127.0.0.1:1"] }""")
                .withFallback(ReferenceKeys.reference())
                .resolve());
    return ReplicationStatus.of(
        settings,
        List.of(slice),
        new AttachmentState(true, 4, 100, 1, now.toEpochMilli()),
        SegmentLoss.Both.UNKNOWN,
        Optional.empty(),
        Optional.of(new Mark(3, cut)),
        Optional.empty(),
        Optional.empty(),
        now);
  }

  private static SliceState slice(
      long archived, long receipted, long records, long bytes, SliceTrouble trouble) {
    long oldest = records == 0 ? 0 : NOW.minusSeconds(12).toEpochMilli();
    return new SliceState(
        0,
        archived,
        archived,
        receipted,
        receipted,
        records,
        bytes,
        oldest,
        NOW.toEpochMilli(),
        trouble,
        "",
        0,
        "",
        NOW.toEpochMilli());
  }

  private String text() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create()
        .write(out, reader.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String line(String name, String attributes, String value) {
    return "(?m)^govcloud_replication_"
        + name
        + "\\{"
        + attributes
        + "otel_scope\\S* "
        + value
        + "$";
  }

  @Test
  void status_whichChanges_movesTheFigures() throws Exception {
    status = status(slice(7, 5, 3, 900, SliceTrouble.SIBLING_AWAY), NOW.minusSeconds(60), NOW);
    ReplicationMetrics.measure(provider.get("govcloud"), () -> status);
    assertThat(text())
        .containsPattern(line("recovery_point_age_seconds", "", "12\\.0"))
        .containsPattern(line("unreceipted_records", "", "3\\.0"))
        .containsPattern(line("unreceipted_bytes", "", "900\\.0"))
        .containsPattern(line("missing_attachments", "", "4\\.0"))
        .containsPattern(line("cut_age_seconds", "", "60\\.0"))
        .containsPattern(line("archived_total", "", "7\\.0"))
        .containsPattern(line("receipts_total", "", "5\\.0"))
        .containsPattern("troubled_slices\\{.*trouble=\"sibling_away\".*} 1\\.0");
    Instant later = NOW.plusSeconds(30);
    status = status(slice(8, 8, 0, 0, SliceTrouble.REFUSED), NOW.minusSeconds(60), later);
    assertThat(text())
        .containsPattern(line("recovery_point_age_seconds", "", "0\\.0"))
        .containsPattern(line("unreceipted_records", "", "0\\.0"))
        .containsPattern(line("cut_age_seconds", "", "90\\.0"))
        .containsPattern(line("receipts_total", "", "8\\.0"))
        .containsPattern("troubled_slices\\{.*trouble=\"sibling_away\".*} 0\\.0")
        .containsPattern("troubled_slices\\{.*trouble=\"refused\".*} 1\\.0");
  }

  @Test
  void zeroLoss_continuedWithoutSibling_isCounted() throws Exception {
    ZeroLossMarks marks = new ZeroLossMarks(Clock.fixed(NOW, ZoneOffset.UTC));
    ReplicationMetrics.measureZeroLoss(provider.get("govcloud"), marks::counts);
    marks.receipted();
    marks.unreplicated();
    marks.unreplicated();
    assertThat(text())
        .containsPattern("zero_loss_answers_total\\{.*outcome=\"receipted\"} 1\\.0")
        .containsPattern("zero_loss_answers_total\\{.*outcome=\"continued_without_sibling\"} 2\\.0")
        .containsPattern("zero_loss_answers_total\\{.*outcome=\"refused\"} 0\\.0");
  }
}
