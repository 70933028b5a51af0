package govcloud.cli.local;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.localcassandra.CassandraRole;
import govcloud.localcassandra.LocalCassandra;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How the nodes of a local cloud are started and configured. */
final class NodeLaunch {
  private final Path installation;
  private final String kind;
  private final int cassandraPort;
  private final Path token;
  private final Supplier<HttpClient> clients;
  private HttpClient http;

  /**
   * @param clients asked once, when nodes have been started: before, certificates may be missing
   */
  NodeLaunch(
      Path installation, String kind, int cassandraPort, Path token, Supplier<HttpClient> clients) {
    this.installation = installation;
    this.kind = kind;
    this.cassandraPort = cassandraPort;
    this.token = token;
    this.clients = clients;
  }

  /** extranet or intranet. */
  String kind() {
    return kind;
  }

  /** The port Cassandra should take, 0 for a free one. */
  int cassandraPort() {
    return cassandraPort;
  }

  /** The folder of the node's jars. */
  static Path library(Path installation) {
    return installation.resolve("node/target/lib");
  }

  /** What makes the next starts of nodes quicker. */
  NodeClasses classes() {
    return new NodeClasses(library(installation));
  }

  /** The command line of a node's process. */
  List<String> command(CloudHome home, NodePlan plan) {
    return command(
        home.node(plan.name()), List.of(), library(installation) + "/*", "govcloud.node.NodeMain");
  }

  /** The same for a node that ends with whoever started it, and connects to loopback alone. */
  List<String> isolated(Path folder, Path program) {
    return command(
        folder,
        List.of("-Djava.security.manager=allow"),
        library(installation) + "/*" + File.pathSeparator + program,
        IsolatedNodeMain.class.getName());
  }

  private List<String> command(Path folder, List<String> further, String classPath, String main) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-Xmx320m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // Without the second compiler AES-GCM takes three times as long as this.
            "-Djdk.tls.client.cipherSuites=TLS_CHACHA20_POLY1305_SHA256",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
            "-Dconfig.file=" + folder.resolve("node.conf")));
    words.addAll(classes().options());
    words.addAll(further);
    words.addAll(List.of("-cp", classPath, main));
    return words;
  }

  /** The node's configuration file: what differs from {@code cluster-configs/local.conf}. */
  String configuration(
      NodePlan plan, List<NodePlan> seeds, int cqlPort, List<String> furtherSettings) {
    String seedNodes =
        seeds.stream()
            .map(seed -> "\"127.0.0.1:" + seed.remotingPort() + "\"")
            .collect(Collectors.joining(", "));
    return String.join(
        "\n",
        "# Written by the supervisor at every start of this node.",
        "include required(file("
            + quoted(installation.resolve("cluster-configs/local.conf"))
            + "))",
        "govcloud.node.name = " + plan.name(),
        "govcloud.node.cloud = " + kind,
        "govcloud.cluster.host = \"127.0.0.1\"",
        "govcloud.cluster.port = " + plan.remotingPort(),
        "govcloud.cluster.seed-nodes = [" + seedNodes + "]",
        "govcloud.management.port = " + plan.managementPort(),
        "govcloud.cassandra.contact-points = [\"127.0.0.1:" + cqlPort + "\"]",
        "govcloud.http.port = " + plan.httpPort(),
        "govcloud.http.token-file = " + quoted(token),
        "govcloud.catalogue.folder = " + quoted(installation.resolve("apps")),
        "govcloud.catalogue.cloud-kind = " + kind.toUpperCase(Locale.ROOT),
        String.join("\n", furtherSettings),
        "");
  }

  /** Lines of a node's configuration that make it log in to a Cassandra, where it asks for that. */
  static List<String> login(LocalCassandra cassandra) {
    return cassandra.settings().authentication()
        ? CassandraRole.nodeLogin(cassandra.settings().home()).entrySet().stream()
            .map(one -> "govcloud.cassandra." + one.getKey() + " = " + quoted(one.getValue()))
            .toList()
        : List.of();
  }

  static String quoted(Path path) {
    return quoted(path.toString());
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Whether the node takes requests. */
  boolean isReady(NodePlan plan) {
    if (http == null) {
      http = clients.get();
    }
    return isReady(http, plan);
  }

  /** Whether a node takes requests, asked with a client that is there already. */
  static boolean isReady(HttpClient http, NodePlan plan) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(plan.http() + "/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Makes sure that there is something to start.
   *
   * @throws CommandFailure when the tree is not built
   */
  static void requireBuilt(Path installation) {
    if (!Files.isDirectory(library(installation))) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "NOT_BUILT",
          "There is no program in "
              + library(installation)
              + "; build it with `mvn -q package -DskipTests`.");
    }
  }
}
