package govcloud.benchmarks;

import com.typesafe.config.ConfigFactory;
import govcloud.domain.Actor;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.VerifierKey;
import govcloud.node.NodeConfiguration;
import govcloud.node.NodeContext;
import govcloud.node.NodeMain;
import govcloud.node.RunningNode;
import govcloud.node.eventsourcing.Request;
import govcloud.node.readmodel.ReadModels;
import govcloud.node.readmodel.ReadModelsFeature;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Nodes of one cloud in this JVM: everything a node has; its HTTP listener only where asked. */
final class BenchmarkNodes implements AutoCloseable {

  /** Opens the API. */
  static final String TOKEN = "benchmark-benchmark-benchmark-benchmark";

  private final List<RunningNode> nodes = new ArrayList<>();
  private final List<ReadModelsFeature> views = new ArrayList<>();

  /**
   * How the cloud is made.
   *
   * @param keyspace of its own, made when it is missing
   * @param count of nodes
   * @param activeEntities kept in memory by each
   * @param views whether read models are kept
   */
  record Shape(String keyspace, int count, int slices, int activeEntities, boolean views) {
    Shape withViews(boolean on) {
      return new Shape(keyspace, count, slices, activeEntities, on);
    }
  }

  static BenchmarkNodes start(Options options, BenchmarkCassandra cassandra, Shape shape)
      throws IOException {
    var cloud = new BenchmarkNodes();
    int seed = freePort();
    for (int i = 1; i <= shape.count(); i++) {
      int port = i == 1 ? seed : freePort();
      var file = configuration(options.root(), cassandra, shape, "node-" + i, port, seed);
      var settings =
          NodeConfiguration.read(
              ConfigFactory.parseFile(file.toFile()).withFallback(ConfigFactory.load()).resolve());
      var node = RunningNode.start(settings, "benchmark", Clock.systemUTC());
      cloud.nodes.add(node);
    }
    if (shape.views()) {
      cloud.startViews();
    }
    return cloud;
  }

  /** A cloud of one node that was started elsewhere, with all its features. */
  static BenchmarkNodes of(RunningNode node) {
    var cloud = new BenchmarkNodes();
    cloud.nodes.add(node);
    return cloud;
  }

  /** Starts read models on every node. */
  void startViews() {
    for (var node : nodes) {
      var with = new ReadModelsFeature(context -> CompletableFuture.completedStage(List.of()));
      with.start(node.context());
      views.add(with);
    }
  }

  /** Starts every feature of every node and listens; gives the base URLs. */
  List<String> serve() {
    return nodes.stream().map(node -> NodeMain.serve(node).url()).toList();
  }

  /** A name that no earlier run on the same Cassandra has used. */
  static String newKeyspace() {
    return "bench_" + Long.toString(System.currentTimeMillis(), 36);
  }

  NodeContext first() {
    return nodes.get(0).context();
  }

  ReadModels readModels() {
    return views.get(0).readModels();
  }

  boolean hasViews() {
    return !views.isEmpty();
  }

  private static Path configuration(
      Path root, BenchmarkCassandra cassandra, Shape shape, String name, int port, int seed)
      throws IOException {
    var token = secret(cassandra.home().resolve("token"), TOKEN);
    var signer = new NoteSigner("gov.example/benchmark", VerifierKey.NOTE, new byte[32]);
    var ledger = cassandra.home().resolve(shape.keyspace() + "-" + name + "-ledger");
    var file = cassandra.home().resolve(shape.keyspace() + "-" + name + ".conf");
    return Files.writeString(
        file,
        """
        include file("%1$s/cluster-configs/local.conf")
        pekko { loglevel = WARNING, coordinated-shutdown.exit-jvm = off }
        govcloud {
          node.name = "%2$s"
          cluster { port = %3$d, seed-nodes = ["127.0.0.1:%4$d"] }
          management.port = %5$d, identity.mode = header-for-tests
          http { port = 0, token-file = "%6$s", burst-seconds = 1000000 }
          exchange { ledger-key = "%11$s", ledger-folder = "%12$s" }
          cassandra { contact-points = ["127.0.0.1:%7$d"], keyspace = "%8$s" }
          catalogue.folder = "%1$s/apps"
          journal.slices = %9$d
          projection.cached-rows = %10$d
          entities { active-limit = %10$d, ask-timeout = 10s }
        }
        """
            .formatted(
                root,
                name,
                port,
                seed,
                freePort(),
                token,
                cassandra.port(),
                shape.keyspace(),
                shape.slices(),
                shape.activeEntities(),
                secret(cassandra.home().resolve("ledger-key"), signer.secretText()),
                ledger));
  }

  /** A file that its owner alone can read, with this text; one that is there stays as it is. */
  static Path secret(Path file, String text) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, text);
    }
    return file;
  }

  /** A port that nobody has taken yet. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /**
   * Has an entity of a node do something.
   *
   * @throws IllegalStateException when it refuses
   */
  static void tell(NodeContext node, String entity, Actor actor, Object command) {
    var answer =
        node.entities().ask(entity, Request.of(command, actor)).toCompletableFuture().join();
    if (!answer.accepted()) {
      throw new IllegalStateException(entity + ": " + answer.refusal());
    }
  }

  @Override
  public void close() {
    for (var node : nodes) {
      node.context().system().terminate();
    }
    for (var node : nodes) {
      node.ended().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
  }
}
