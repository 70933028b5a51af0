package govcloud.node.metric;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.management.javadsl.ManagementRouteProvider;
import org.apache.pekko.management.javadsl.ManagementRouteProviderSettings;

/**
 * {@code GET /metrics} on the management port, in the text format of Prometheus, for whoever comes
 * through its door: on loopback everybody there, elsewhere who shows a certificate, unless it is a
 * node of tests. Named in reference.conf and made by Pekko Management.
 */
public final class MetricsRoutes implements ManagementRouteProvider {
  private static final int OK = 200;

  private final NodeMetrics metrics;

  /** The route of a system. */
  public MetricsRoutes(ExtendedActorSystem system) {
    this.metrics = NodeMetrics.get(system);
  }

  @Override
  public Route routes(ManagementRouteProviderSettings settings) {
    return Directives.path("metrics", () -> Directives.get(() -> Directives.complete(figures())));
  }

  private HttpResponse figures() {
    return HttpResponse.create()
        .withStatus(OK)
        .withEntity(
            ContentTypes.parse(PrometheusTextFormatWriter.CONTENT_TYPE),
            metrics.text().getBytes(StandardCharsets.UTF_8));
  }
}
