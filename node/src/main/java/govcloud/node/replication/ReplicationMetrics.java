package govcloud.node.replication;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleGaugeBuilder;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What replication measures. How far the cloud is, each node tells as it has heard it from all; how
 * zero-loss changes were answered and what was received, each node tells of itself.
 */
final class ReplicationMetrics {
  private static final String NAME = "govcloud.replication.";
  private static final double MILLIS = 1000.0;
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> TROUBLE = AttributeKey.stringKey("trouble");

  private final Meter meter;
  private final Supplier<ReplicationStatus> status;

  private ReplicationMetrics(Meter meter, Supplier<ReplicationStatus> status) {
    this.meter = meter;
    this.status = status;
  }

  /** Begins to measure how far the cloud is replicated. */
  static void measure(Meter meter, Supplier<ReplicationStatus> status) {
    new ReplicationMetrics(meter, status).measure();
  }

  private void measure() {
    gauge("unreceipted.records", "{record}", "Records without receipt", ReplicationStatus::records);
    gauge("unreceipted.bytes", "By", "Bytes of the log without receipt", ReplicationStatus::bytes);
    meter
        .gaugeBuilder(NAME + "missing.attachments")
        .ofLongs()
        .setUnit("{attachment}")
        .setDescription("Attachments that are not known to be at the sibling")
        .buildWithCallback(
            to -> status.get().attachments().ifPresent(known -> to.record(known.missing())));
    counter("archived", "{segment}", "Segments archived", ReplicationStatus::archived);
    counter("receipts", "{segment}", "Segments with a receipt", ReplicationStatus::receipted);
    age("recovery_point.age", "Age of the oldest record without receipt")
        .buildWithCallback(to -> to.record(seconds(status.get().recoveryPointAge())));
    age("cut.age", "Time since the moment of the last cut").buildWithCallback(this::cutAge);
    meter
        .gaugeBuilder(NAME + "troubled.slices")
        .ofLongs()
        .setUnit("{slice}")
        .setDescription("Slices that do not go on")
        .buildWithCallback(this::troubled);
  }

  /** Begins to measure for how long the sibling has not had the keys of people as they are. */
  static void measureVault(Meter meter, Supplier<Optional<Duration>> lag) {
    age(meter, "vault.lag", "Time for which the sibling has not had the vault as it is")
        .buildWithCallback(to -> lag.get().ifPresent(age -> to.record(seconds(age))));
  }

  private DoubleGaugeBuilder age(String name, String description) {
    return age(meter, name, description);
  }

  private static DoubleGaugeBuilder age(Meter meter, String name, String description) {
    return meter.gaugeBuilder(NAME + name).setUnit("s").setDescription(description);
  }

  private void gauge(
      String name, String unit, String description, ToLongFunction<ReplicationStatus> value) {
    meter
        .gaugeBuilder(NAME + name)
        .ofLongs()
        .setUnit(unit)
        .setDescription(description)
        .buildWithCallback(to -> to.record(value.applyAsLong(status.get())));
  }

  private void counter(
      String name, String unit, String description, ToLongFunction<ReplicationStatus> value) {
    meter
        .counterBuilder(NAME + name)
        .setUnit(unit)
        .setDescription(description)
        .buildWithCallback(to -> to.record(value.applyAsLong(status.get())));
  }

  private void cutAge(ObservableDoubleMeasurement to) {
    ReplicationStatus now = status.get();
    now.lastCut().ifPresent(cut -> to.record(seconds(since(cut.at(), now.at()))));
  }

  private static Duration since(Instant then, Instant now) {
    return then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }

  private void troubled(ObservableLongMeasurement to) {
    ReplicationStatus now = status.get();
    for (SliceTrouble trouble : SliceTrouble.values()) {
      if (trouble != SliceTrouble.NONE) {
        long slices = now.slices().stream().filter(slice -> slice.trouble() == trouble).count();
        to.record(slices, Attributes.of(TROUBLE, text(trouble)));
      }
    }
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Begins to measure how this node has answered zero-loss changes. */
  static void measureZeroLoss(Meter meter, Supplier<ZeroLossMarks.Counts> counts) {
    meter
        .counterBuilder(NAME + "zero_loss.answers")
        .setUnit("{answer}")
        .setDescription("Zero-loss changes, by how they were answered")
        .buildWithCallback(
            to -> {
              ZeroLossMarks.Counts now = counts.get();
              to.record(now.receipted(), Attributes.of(OUTCOME, "receipted"));
              to.record(now.unreplicated(), Attributes.of(OUTCOME, "continued_without_sibling"));
              to.record(now.late(), Attributes.of(OUTCOME, "late"));
              to.record(now.refused(), Attributes.of(OUTCOME, "refused"));
            });
  }

  /** Counts the files that this node receives. */
  static LongCounter received(Meter meter) {
    return meter
        .counterBuilder(NAME + "received")
        .setUnit("{file}")
        .setDescription("Files of the sibling, by what became of them: taken, or a code")
        .build();
  }

  /** What became of a received file. */
  static Attributes outcome(String outcome) {
    return Attributes.of(OUTCOME, outcome);
  }
}
