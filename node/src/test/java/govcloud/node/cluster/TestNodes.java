package govcloud.node.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.NodeConfiguration;
import govcloud.node.RunningNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.cluster.typed.Cluster;

/** Several nodes of one cloud in this JVM, on the shared Cassandra. */
final class TestNodes implements AutoCloseable {

  /** Terminating a system is as abrupt as a crash. */
  private static final Config ABRUPT =
      ConfigFactory.parseMap(
          Map.of(
              "pekko.coordinated-shutdown.run-by-actor-system-terminate", "off",
              "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
              "pekko.loglevel", "WARNING"));

  private final Path folder;
  private final String keyspace = LocalCassandra.shared().newKeyspaceName("nodes");
  private final List<RunningNode> nodes = new ArrayList<>();

  TestNodes(Path folder) {
    this.folder = folder;
  }

  /** Starts one more node, which joins the first. */
  RunningNode start() {
    var configuration = NodeConfiguration.read(configuration());
    var node = RunningNode.start(configuration, "0.1.0", Clock.systemUTC());
    nodes.add(node);
    return node;
  }

  private Config configuration() {
    var cassandra = LocalCassandra.shared().contactPoint();
    var seeds =
        nodes.stream()
            .limit(1)
            .map(node -> Cluster.get(node.context().system()).selfMember().address())
            .map(address -> address.getHost().get() + ":" + address.getPort().get())
            .toList();
    return ConfigFactory.parseMap(
            Map.of(
                "govcloud.node.name",
                "node-" + (nodes.size() + 1),
                "govcloud.cluster.port",
                0,
                "govcloud.cluster.seed-nodes",
                seeds,
                "govcloud.cluster.drain-pause",
                "200ms",
                "govcloud.management.port",
                0,
                "govcloud.http.token-file",
                token().toString(),
                "govcloud.catalogue.folder",
                "../apps",
                "govcloud.cassandra.keyspace",
                keyspace,
                "govcloud.cassandra.contact-points",
                List.of(cassandra.getHostString() + ":" + cassandra.getPort()),
                "pekko.coordinated-shutdown.exit-jvm",
                "off"))
        .withFallback(ABRUPT)
        .withFallback(ConfigFactory.parseFile(Path.of("../cluster-configs/local.conf").toFile()))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  private Path token() {
    try {
      var file = folder.resolve("token");
      Files.writeString(file, "0123456789abcdef0123456789abcdef");
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Ends a node without a word to the others. */
  void crash(RunningNode node) {
    nodes.remove(node);
    node.context().system().terminate();
    node.ended().toCompletableFuture().join();
  }

  @Override
  public void close() {
    for (var node : nodes) {
      CoordinatedShutdown.get(node.context().system())
          .runAll(CoordinatedShutdown.actorSystemTerminateReason())
          .toCompletableFuture()
          .orTimeout(2, TimeUnit.MINUTES)
          .join();
    }
  }
}
