package govcloud.node.http;

import govcloud.node.tls.NodeTls;
import govcloud.node.wire.GuardedListener;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Function;
import scala.concurrent.duration.Duration;

/** Listens for requests and hands them to the border. */
public final class HttpServer {

  private final InetSocketAddress address;
  private final boolean tls;

  private HttpServer(InetSocketAddress address, boolean tls) {
    this.address = address;
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
    var listener =
        new GuardedListener(
            system,
            new GuardedListener.Settings(
                settings.host(),
                settings.port(),
                serverSettings(system, settings),
                settings.connectionsPerSource(),
                settings.headTimeout(),
                settings.stopTimeout()),
            tls.http().<Supplier<SSLEngine>>map(door -> door::serverEngine),
            border::unreadable,
            handler(system, border, tls.hstsMaxAge().toSeconds()));
    return listener
        .bind()
        .handle(
            (address, failure) -> {
              if (failure != null) {
                throw new CompletionException(cannotListen(settings, failure));
              }
              return new HttpServer(address, tls.http().isPresent());
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
    var host = address.getAddress().getHostAddress();
    return (tls ? "https://" : "http://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }

  /** Where it listens; the port is known even if a free one was asked for. */
  public InetSocketAddress address() {
    return address;
  }
}
