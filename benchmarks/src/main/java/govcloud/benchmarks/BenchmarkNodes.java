package govcloud.benchmarks;

import com.typesafe.config.ConfigFactory;
import govcloud.node.NodeConfiguration;
import govcloud.node.NodeContext;
import govcloud.node.RunningNode;
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

/** Nodes of one cloud in this JVM: everything a node has but its HTTP listener. */
final class BenchmarkNodes implements AutoCloseable {

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

  /** Starts read models on every node. */
  void startViews() {
    for (var node : nodes) {
      var with =
          new ReadModelsFeature(List::of, context -> CompletableFuture.completedStage(List.of()));
      with.start(node.context());
      views.add(with);
    }
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
    var token = cassandra.home().resolve("token");
    if (!Files.exists(token)) {
      Files.createFile(
          token,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(token, "benchmark-benchmark-benchmark-benchmark");
    }
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
          http { port = 0, token-file = "%6$s" }
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
                shape.activeEntities()));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
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
