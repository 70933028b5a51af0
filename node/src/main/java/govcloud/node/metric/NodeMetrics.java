package govcloud.node.metric;

import com.typesafe.config.Config;
import govcloud.node.NodeSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionIdProvider;

/** Everything that a node measures. Whoever measures asks for the meter; for several threads. */
public final class NodeMetrics implements Extension, AutoCloseable {
  private static final String SCOPE = "govcloud";

  private final PrometheusMetricReader prometheus = PrometheusMetricReader.create();
  private final SdkMeterProvider provider;

  /** Nothing is measured yet. */
  NodeMetrics(MetricsSettings settings, NodeSettings node) {
    var builder =
        SdkMeterProvider.builder()
            .setResource(Resource.getDefault().merge(resource(node)))
            .registerMetricReader(prometheus);
    settings
        .otlpEndpoint()
        .ifPresent(endpoint -> builder.registerMetricReader(sender(endpoint, settings)));
    provider = builder.build();
  }

  private static Resource resource(NodeSettings node) {
    return Resource.create(
        Attributes.of(
            AttributeKey.stringKey("service.name"),
            "govcloud-node",
            AttributeKey.stringKey("service.namespace"),
            node.cloud(),
            AttributeKey.stringKey("service.instance.id"),
            node.name()));
  }

  private static PeriodicMetricReader sender(URI endpoint, MetricsSettings settings) {
    return PeriodicMetricReader.builder(
            OtlpHttpMetricExporter.builder().setEndpoint(endpoint.toString()).build())
        .setInterval(settings.otlpInterval())
        .build();
  }

  /** The figures of an actor system. */
  public static NodeMetrics get(ClassicActorSystemProvider system) {
    return Id.INSTANCE.get(system);
  }

  /** Makes instruments; names begin with {@code govcloud.} and the noun. */
  public Meter meter() {
    return provider.get(SCOPE);
  }

  /** All figures now, in the text format of Prometheus. */
  public String text() {
    var out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(out, prometheus.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    provider.close();
  }

  /** By this Pekko finds the figures of its system. */
  private static final class Id extends AbstractExtensionId<NodeMetrics>
      implements ExtensionIdProvider {
    private static final Id INSTANCE = new Id();

    @Override
    public NodeMetrics createExtension(ExtendedActorSystem system) {
      Config config = system.settings().config();
      var metrics = new NodeMetrics(MetricsSettings.from(config), NodeSettings.from(config));
      system.registerOnTermination(metrics::close);
      return metrics;
    }

    @Override
    public Id lookup() {
      return this;
    }
  }
}
