package govcloud.node.http;

import govcloud.node.tls.NodeTls;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Function;
import scala.concurrent.duration.Duration;

/** Listens for requests and hands them to the border. */
public final class HttpServer {

  private final ServerBinding binding;
  private final boolean tls;

  private HttpServer(ServerBinding binding, boolean tls) {
    this.binding = binding;
    this.tls = tls;
  }

  /**
   * Begins to listen, with TLS if the system has a certificate for it; ends with the actor system,
   * after the requests that are running then.
   *
   * @return fails with {@link HttpStartException} when the port is taken
   */
  public static CompletionStage<HttpServer> start(
      ActorSystem<?> system, HttpSettings settings, Border border) {
    var tls = NodeTls.of(system);
    var plain = Http.get(system).newServerAt(settings.host(), settings.port());
    var server =
        tls.http()
            .map(door -> plain.enableHttps(ConnectionContext.httpsServer(door::serverEngine)))
            .orElse(plain);
    return server
        .withSettings(serverSettings(system, settings))
        .bind(handler(system, border, tls.hstsMaxAge().toSeconds()))
        .handle(
            (binding, failure) -> {
              if (failure != null) {
                throw new CompletionException(cannotListen(settings, failure));
              }
              return new HttpServer(
                  binding.addToCoordinatedShutdown(settings.stopTimeout(), system),
                  tls.http().isPresent());
            });
  }

  private static Function<HttpRequest, CompletionStage<HttpResponse>> handler(
      ActorSystem<?> system, Border border, long hstsSeconds) {
    var mark = CopyMark.of(system.settings().config().getString("govcloud.node.copy-of"));
    return request ->
        border
            .handle(request)
            .thenApply(
                answer -> leaving(system, mark.apply(SecurityHeaders.hsts(answer, hstsSeconds))));
  }

  /** A node on its way out asks clients to take another connection, which leads elsewhere. */
  private static HttpResponse leaving(ActorSystem<?> system, HttpResponse answer) {
    return CoordinatedShutdown.get(system).getShutdownReason().isPresent()
        ? answer.addHeader(Connection.create("close"))
        : answer;
  }

  private static HttpStartException cannotListen(HttpSettings settings, Throwable failure) {
    return new HttpStartException(
        "govcloud.http.port: "
            + settings.host()
            + ":"
            + settings.port()
            + " cannot be listened on (expected: a port that no other program uses)",
        failure);
  }

  private static ServerSettings serverSettings(ActorSystem<?> system, HttpSettings settings) {
    var usual = ServerSettings.create(system.classicSystem());
    var timeouts =
        usual
            .getTimeouts()
            .withIdleTimeout(Duration.fromNanos(settings.idleTimeout().toNanos()))
            .withRequestTimeout(Duration.fromNanos(settings.requestTimeout().toNanos()));
    var parser =
        ParserSettings.forServer(system.classicSystem()).withMaxContentLength(settings.maxBody());
    return usual
        .withServerHeader(Optional.empty())
        .withTimeouts(timeouts)
        .withParserSettings(parser)
        .withMaxConnections(settings.maxConnections())
        .withRemoteAddressAttribute(true)
        .withRawRequestUriHeader(true)
        .withVerboseErrorMessages(false)
        .withParsingErrorHandler(UnreadableRequests.class.getName());
  }

  /** Base URL of the API. */
  public String url() {
    var address = address();
    var host = address.getAddress().getHostAddress();
    return (tls ? "https://" : "http://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }

  /** Where it listens; the port is known even if a free one was asked for. */
  public InetSocketAddress address() {
    return binding.localAddress();
  }
}
