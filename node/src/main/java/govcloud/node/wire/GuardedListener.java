package govcloud.node.wire;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.event.Logging;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.Http;
import org.apache.pekko.http.scaladsl.HttpExt;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import scala.Option;

/**
 * Takes connections, and makes requests of their bytes when these have one meaning. Pekko's own
 * listener has no place between the line and its parser, so this one puts the same parts together
 * with the guard between them.
 */
public final class GuardedListener {

  private final ActorSystem<?> system;
  private final Settings settings;
  private final Optional<Supplier<SSLEngine>> engines;
  private final ConnectionLog.Unreadable unreadable;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> handler;
  private final HttpExt http;
  private final LoggingAdapter log;

  /** Ends connections at once. */
  private final SharedKillSwitch cut = KillSwitches.shared("http-cut");

  private final Map<String, Integer> bySource = new ConcurrentHashMap<>();
  private final Map<Connection, CompletionStage<Done>> open = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  /**
   * How it listens.
   *
   * @param http of Pekko's parser and of what it times
   * @param connectionsPerSource at the same time; 0: as many as there are
   * @param headTime that the head of a request has from its first byte to its last
   * @param stopTime that running requests have when the node stops
   */
  public record Settings(
      String host,
      int port,
      org.apache.pekko.http.javadsl.settings.ServerSettings http,
      int connectionsPerSource,
      Duration headTime,
      Duration stopTime) {}

  /**
   * A listener that does not listen yet.
   *
   * @param engines one for each connection; empty: no TLS
   * @param unreadable told what was no request, and of connections that are too many
   */
  public GuardedListener(
      ActorSystem<?> system,
      Settings settings,
      Optional<Supplier<SSLEngine>> engines,
      ConnectionLog.Unreadable unreadable,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    this.system = system;
    this.settings = settings;
    this.engines = engines;
    this.unreadable = unreadable;
    this.handler = handler;
    this.http = Http.apply(system);
    this.log = Logging.getLogger(system.classicSystem(), "govcloud.http");
  }

  /** Begins to listen; ends with the actor system. */
  public CompletionStage<InetSocketAddress> bind() {
    return Tcp.get(system)
        .bind(
            settings.host(),
            settings.port(),
            settings.http().getBacklog(),
            settings.http().getSocketOptions(),
            false,
            Optional.<Duration>empty())
        .mapAsyncUnordered(settings.http().getMaxConnections(), this::serve)
        .to(Sink.ignore())
        .run(system)
        .thenApply(
            binding -> {
              endWithTheSystem(binding);
              return binding.localAddress();
            });
  }

  private void endWithTheSystem(Tcp.ServerBinding binding) {
    var shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceUnbind(),
        "http-unbind",
        () -> binding.unbind().thenApply(unbound -> Done.getInstance()));
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceRequestsDone(), "http-requests-done", this::end);
  }

  /** Answers that are being given go out within the time for it. */
  private CompletionStage<Done> end() {
    stopping = true;
    open.keySet().forEach(Connection::endIfIdle);
    return all()
        .orTimeout(settings.stopTime().toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (done, late) -> {
              cut.abort(new TimeoutException("the node stops"));
              return Done.getInstance();
            });
  }

  private CompletableFuture<Void> all() {
    return CompletableFuture.allOf(
        open.values().stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  /** Completes when a connection has ended, in whatever way. */
  private CompletionStage<Done> serve(Tcp.IncomingConnection connection) {
    var source = source(connection.remoteAddress());
    var network = Sources.network(source);
    if (bySource.merge(network, 1, Integer::sum) > most()) {
      leave(network);
      unreadable.came(source, "CONNECTIONS_TOO_MANY", "connections: > " + most());
      connection.handleWith(
          Flow.fromSinkAndSource(Sink.cancelled(), Source.empty(ByteString.class)), system);
      return CompletableFuture.completedStage(Done.getInstance());
    }
    var own = new Connection();
    var ended =
        run(connection, source, own)
            .handle(
                (done, failure) -> {
                  leave(network);
                  return Done.getInstance();
                });
    open.put(own, ended);
    ended.whenComplete((done, failure) -> open.remove(own));
    return ended;
  }

  /** One that is open. */
  private final class Connection {
    private final AtomicInteger underWay = new AtomicInteger();
    private final CompletableFuture<UniqueKillSwitch> end = new CompletableFuture<>();

    /** Pekko's Java model has the Scala model below it, and nothing else. */
    CompletionStage<org.apache.pekko.http.scaladsl.model.HttpResponse> answer(HttpRequest request)
        throws Exception {
      underWay.incrementAndGet();
      return handler
          .apply(request)
          .thenApply(answer -> (org.apache.pekko.http.scaladsl.model.HttpResponse) answer)
          .whenComplete(
              (answer, failure) -> {
                underWay.decrementAndGet();
                endIfIdle();
              });
    }

    /** Answers that have been given go out before it ends. */
    void endIfIdle() {
      if (stopping && underWay.get() == 0) {
        CompletionStage<UniqueKillSwitch> known = end;
        known.thenAccept(UniqueKillSwitch::shutdown);
      }
    }
  }

  private int most() {
    return settings.connectionsPerSource() == 0
        ? Integer.MAX_VALUE
        : settings.connectionsPerSource();
  }

  private void leave(String network) {
    bySource.computeIfPresent(network, (name, count) -> count == 1 ? null : count - 1);
  }

  private static String source(InetSocketAddress address) {
    return address.getAddress() == null ? "unknown" : address.getAddress().getHostAddress();
  }

  private CompletionStage<Done> run(
      Tcp.IncomingConnection connection, String source, Connection own) {
    var watched = new ConnectionLog(log, source, unreadable);
    var guard =
        BidiFlow.fromFlows(
            Flow.of(SslTlsOutbound.class), new RequestGuard(settings.headTime(), watched::found));
    var line =
        Flow.of(ByteString.class)
            .watchTermination((ignored, ended) -> ended)
            .via(cut.<ByteString>flow())
            .via(connection.flow())
            .watchTermination(GuardedListener::both);
    var requests =
        layer(connection.remoteAddress(), watched)
            .atop(guard)
            .atop(tls())
            .atop(BidiFlow.<ByteString, ByteString>bidirectionalIdleTimeout(idleTime()))
            .join(line, Keep.right());
    var answers =
        Flow.of(HttpRequest.class)
            .viaMat(KillSwitches.single(), Keep.right())
            .mapAsync(settings.http().getPipeliningLimit(), own::answer);
    var running = requests.joinMat(answers, Keep.both()).run(system);
    own.end.complete(running.second());
    return running.first();
  }

  /** Who has sent everything may still have answers to come. */
  private static CompletionStage<Done> both(
      CompletionStage<Done> outbound, CompletionStage<Done> inbound) {
    return outbound
        .handle((done, failure) -> Done.getInstance())
        .thenCombine(inbound.handle((done, failure) -> Done.getInstance()), (one, two) -> two);
  }

  private Duration idleTime() {
    return Duration.ofNanos(settings.http().getTimeouts().idleTimeout().toNanos());
  }

  private BidiFlow<
          org.apache.pekko.http.scaladsl.model.HttpResponse,
          SslTlsOutbound,
          SslTlsInbound,
          HttpRequest,
          NotUsed>
      layer(InetSocketAddress remote, ConnectionLog watched) {
    return http.serverLayer(
            (ServerSettings) settings.http(), Option.apply(remote), watched, engines.isPresent())
        .asJava();
  }

  private BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> tls() {
    return engines
        .map(engine -> TLS.create(engine, TLSClosing.eagerClose()))
        .orElseGet(GuardedListener::plain);
  }

  /** What comes out of it is of a narrower kind, which Scala knows to be the same. */
  @SuppressWarnings("unchecked")
  private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> plain() {
    BidiFlow<?, ?, ?, ?, ?> placebo = TLSPlacebo.getInstance();
    return (BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed>) placebo;
  }
}
