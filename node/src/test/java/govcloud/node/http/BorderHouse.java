package govcloud.node.http;

import com.typesafe.config.ConfigFactory;
import govcloud.node.eventsourcing.EntityFailure;
import govcloud.node.tls.NodeTls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * A border whose endpoints do nothing, or fail in the way that the tenant's name says, unless a
 * test brings its own.
 */
public final class BorderHouse implements AutoCloseable {

  /** Requests about departments that are worked on at the same time. */
  static final int PLACES = 20;

  private static final Map<String, Object> RECEIPT =
      Map.of(
          "id", "tenant/x",
          "version", 1,
          "status", "active",
          "at", "2026-01-01T00:00:00Z",
          "replayed", false);

  private final ActorTestKit kit;
  final AtomicLong nanos = new AtomicLong();
  public final ConcurrencyLimits places =
      new ConcurrencyLimits(
          new ConcurrencyLimit(PLACES, PLACES, Long.MAX_VALUE, nanos::get),
          new ConcurrencyLimit(PLACES, PLACES, Long.MAX_VALUE, nanos::get),
          new ConcurrencyLimit(PLACES, PLACES, Long.MAX_VALUE, nanos::get));
  final int port;
  public final Client client;
  volatile Call last;

  BorderHouse(Path folder) throws IOException {
    this(folder, Map.of(), system -> ChangeGate.OPEN);
  }

  /** A border behind a listener with certificates. */
  BorderHouse(Path folder, NodeTls tls) throws IOException {
    this(
        ActorTestKit.create(
            ActorSystem.create(
                Behaviors.empty(),
                "border",
                ActorSystemSetup.create(BootstrapSetup.create(ConfigFactory.load()), tls))),
        folder,
        Map.of(),
        system -> ChangeGate.OPEN);
  }

  /** A border with these endpoints, by operation, behind a gate. */
  public BorderHouse(
      Path folder, Map<String, Endpoint> own, Function<ActorSystem<?>, ChangeGate> gate)
      throws IOException {
    this(ActorTestKit.create(ConfigFactory.load()), folder, own, gate);
  }

  final List<String> wanted = new CopyOnWriteArrayList<>();

  private BorderHouse(
      ActorTestKit kit,
      Path folder,
      Map<String, Endpoint> own,
      Function<ActorSystem<?>, ChangeGate> gate)
      throws IOException {
    this.kit = kit;
    var file = TestTokens.write(folder, "rw-------");
    var contract = Contract.load();
    var routes = new Routes();
    contract.operationIds().forEach(id -> routes.on(id, own.getOrDefault(id, this::answer)));
    routes.changesThrough(gate.apply(kit.system()));
    var settings = TestTokens.settings(file);
    var border =
        new Border(
            kit.system(),
            settings,
            contract,
            routes,
            new HeaderDoor(Token.read(file)),
            new TwoASecond(),
            Threshold.of(kit.system(), settings, nanos::get),
            places,
            Witness.NONE,
            () -> "1".repeat(80));
    var server = HttpServer.start(kit.system(), settings, border).toCompletableFuture().join();
    port = server.address().getPort();
    client = new Client(server.url(), TestTokens.TOKEN);
  }

  /** Tenants with busy names have two requests a second, all others as many as they like. */
  private final class TwoASecond implements Tenancy {

    @Override
    public Optional<Problem> closed(String tenant) {
      return tenant.startsWith("closed")
          ? Optional.of(Problem.of(BorderCode.TENANT_WAITING, tenant).header("Retry-After", "7"))
          : Optional.empty();
    }

    @Override
    public void want(String tenant) {
      wanted.add(tenant);
    }

    @Override
    public CompletionStage<Long> requestsPerSecond(String tenant) {
      return CompletableFuture.completedStage(tenant.startsWith("busy") ? 2L : 1_000_000L);
    }

    @Override
    public void countAllowed(String tenant) {}

    @Override
    public void countRefused(String tenant) {}
  }

  private CompletionStage<HttpResponse> answer(Call call) {
    last = call;
    return switch (call.parameter("tenant").orElse("")) {
      case "damaged" ->
          throw new EntityFailure.Damaged("tenant/damaged", 7, "record 7 does not follow 6");
      case "unknown" ->
          throw new EntityFailure.OutcomeUnknown("tenant/unknown", "no answer within 5 s");
      case "away" -> throw new EntityFailure.Unavailable("tenant/away", "no home");
      case "broken" -> throw new IllegalStateException("a bug with a secret");
      case "silent" -> new CompletableFuture<>();
      default -> CompletableFuture.completedStage(Replies.ok(RECEIPT));
    };
  }

  /** Sends bytes, and gives all that comes until the border closes the connection. */
  String raw(String bytes) throws IOException {
    return RawHttp.exchange(port, bytes);
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
