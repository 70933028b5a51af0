package govcloud.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** A whole node as the program starts it, on a real Cassandra, with a client. */
public final class ServingNode implements AutoCloseable {

  /** Of the installation; with accounts it is the key of the command line. */
  static final String TOKEN = "command-line.0123456789abcdef0123456789abcdef";

  private final RunningNode node;
  private final String url;

  private ServingNode(RunningNode node, String url) {
    this.node = node;
    this.url = url;
  }

  static ServingNode start(LocalCassandra cassandra, String keyspace, Path folder)
      throws IOException {
    return start(cassandra, keyspace, folder, "");
  }

  /** A node with further settings. */
  static ServingNode start(
      LocalCassandra cassandra, String keyspace, Path folder, String furtherSettings)
      throws IOException {
    return start(cassandra, keyspace, folder, furtherSettings, Clock.systemUTC());
  }

  /** A node with further settings and a clock of its own. */
  static ServingNode start(
      LocalCassandra cassandra, String keyspace, Path folder, String furtherSettings, Clock clock)
      throws IOException {
    var configuration =
        NodeConfiguration.read(
            ConfigFactory.parseString(furtherSettings)
                .withFallback(configuration(cassandra, keyspace, folder)));
    var node = RunningNode.start(configuration, "1.0.0", clock);
    return new ServingNode(node, NodeMain.serve(node).url());
  }

  /** What such a node is told; its token lies in the folder. */
  public static Config configuration(LocalCassandra cassandra, String keyspace, Path folder)
      throws IOException {
    var token = Files.writeString(folder.resolve("token"), TOKEN);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    var repository = Path.of("..").toAbsolutePath().normalize();
    var address = cassandra.contactPoint();
    return ConfigFactory.parseString(
            """
            govcloud {
              node.name = node-1
              cluster.port = 0
              management.port = 0
              http { port = 0, token-file = "%s", burst-seconds = 1000 }
              identity.mode = header-for-tests
              catalogue.folder = "%s"
              cassandra { contact-points = ["%s:%d"], keyspace = "%s", request-timeout = 20s }
              entities { ask-timeout = 15s, time-limit = 18s }
            }
            pekko.coordinated-shutdown.exit-jvm = off
            pekko.loglevel = WARNING
            """
                .formatted(
                    token,
                    repository.resolve("apps"),
                    address.getHostString(),
                    address.getPort(),
                    keyspace))
        .withFallback(
            ConfigFactory.parseFile(repository.resolve("cluster-configs/local.conf").toFile()))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  String url() {
    return url;
  }

  NodeContext context() {
    return node.context();
  }

  Entities entities() {
    return node.context().entities();
  }

  Client client() {
    return new Client(url, TOKEN);
  }

  @Override
  public void close() {
    node.context().system().terminate();
    try {
      node.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the node does not end", e);
    }
  }
}
