package govcloud.node.exchange;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.util.function.BiConsumer;

/** What this node measures of other clouds. */
final class CloudMetrics {
  private static final AttributeKey<String> CLOUD = AttributeKey.stringKey("cloud");
  private static final AttributeKey<String> CODE = AttributeKey.stringKey("code");

  private CloudMetrics() {}

  /** Counts queries of a cloud by the code of the answer. */
  static BiConsumer<String, String> queries(Meter meter) {
    var counter =
        meter
            .counterBuilder("govcloud.exchange.cloud.queries")
            .setUnit("{query}")
            .setDescription("Queries of another cloud, by the code of the answer; ok: permitted")
            .build();
    return (cloud, code) ->
        counter.add(1, Attributes.of(CLOUD, cloud, CODE, code.isEmpty() ? "ok" : code));
  }
}
