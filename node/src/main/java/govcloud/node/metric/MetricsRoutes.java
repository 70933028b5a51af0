package govcloud.node.metric;

import com.typesafe.config.Config;
import govcloud.node.cluster.ManagementSettings;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Token;
import govcloud.node.tls.Loopback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.management.javadsl.ManagementRouteProvider;
import org.apache.pekko.management.javadsl.ManagementRouteProviderSettings;

/**
 * {@code GET /metrics} on the management port, in the text format of Prometheus. On loopback for
 * everybody there; on any other interface for whoever has the token. Named in reference.conf and
 * made by Pekko Management.
 */
public final class MetricsRoutes implements ManagementRouteProvider {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final String BEARER = "Bearer ";

  private final NodeMetrics metrics;
  private final Optional<Token> token;

  /** The route of a system. */
  public MetricsRoutes(ExtendedActorSystem system) {
    Config config = system.settings().config();
    this.metrics = NodeMetrics.get(system);
    this.token =
        Loopback.is(ManagementSettings.from(config).host())
            ? Optional.empty()
            : Optional.of(Token.read(HttpSettings.from(config).tokenFile()));
  }

  @Override
  public Route routes(ManagementRouteProviderSettings settings) {
    return Directives.path(
        "metrics", () -> Directives.get(() -> Directives.extractRequest(this::answer)));
  }

  private Route answer(HttpRequest request) {
    return Directives.complete(isAllowed(request) ? figures() : refused());
  }

  private boolean isAllowed(HttpRequest request) {
    return token.isEmpty()
        || request
            .getHeader("Authorization")
            .filter(header -> header.value().startsWith(BEARER))
            .filter(header -> token.get().is(header.value().substring(BEARER.length())))
            .isPresent();
  }

  private HttpResponse figures() {
    return HttpResponse.create()
        .withStatus(OK)
        .withEntity(
            ContentTypes.parse(PrometheusTextFormatWriter.CONTENT_TYPE),
            metrics.text().getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse refused() {
    return HttpResponse.create()
        .withStatus(UNAUTHORIZED)
        .addHeader(RawHeader.create("WWW-Authenticate", "Bearer"));
  }
}
