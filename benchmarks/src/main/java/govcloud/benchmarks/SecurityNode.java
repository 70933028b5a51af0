package govcloud.benchmarks;

import govcloud.pki.DevelopmentPki;
import govcloud.pki.DevelopmentPki.Door;
import govcloud.pki.PkiException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** A cloud of one node in a process of its own, with all of the security or less of it. */
final class SecurityNode implements AutoCloseable {

  /** Of the installation, so that the account of its command line can be made with it. */
  static final String TOKEN = "command-line.benchmark-benchmark-benchmark-benchmark";

  private final Shape shape;
  private final String url;
  private final NodeProcess process;

  private SecurityNode(Shape shape, String url, NodeProcess process) {
    this.shape = shape;
    this.url = url;
    this.process = process;
  }

  /** What of the security is on. */
  enum Shape {
    EVERYTHING(true, true, true),
    WITHOUT_TLS(false, true, true),
    WITHOUT_ACCOUNTS(true, false, true),
    WITHOUT_AUDIT(true, true, false),
    NOTHING(false, false, false);

    /** TLS 1.3 in place of plain HTTP. */
    private final boolean tls;

    /**
     * Who asks is looked up by a token, and may do what roles may, in place of a fixed token whose
     * holder may do everything.
     */
    private final boolean accounts;

    /** What was done is written down, in place of denials alone. */
    private final boolean audit;

    Shape(boolean tls, boolean accounts, boolean audit) {
      this.tls = tls;
      this.accounts = accounts;
      this.audit = audit;
    }

    boolean accounts() {
      return accounts;
    }
  }

  static SecurityNode start(Options options, BenchmarkCassandra cassandra, Shape shape)
      throws IOException, InterruptedException {
    var folder = cassandra.home().resolve("security");
    prepare(folder);
    int port = BenchmarkNodes.freePort();
    var process =
        NodeProcess.start(
            command(folder, configuration(options, cassandra, folder, shape, port)),
            folder.resolve(shape + ".log"));
    return new SecurityNode(
        shape, (shape.tls ? "https" : "http") + "://127.0.0.1:" + port, process);
  }

  /** Token, certificates, and a table by which nothing but denials is written down. */
  private static void prepare(Path folder) throws IOException {
    if (Files.exists(folder)) {
      return;
    }
    Files.createDirectories(folder.resolve("unaudited"));
    BenchmarkNodes.secret(token(folder), TOKEN);
    try (var in = SecurityNode.class.getResourceAsStream("/audited.txt")) {
      var lines = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      Files.writeString(
          folder.resolve("unaudited/audited.txt"),
          lines.replaceAll("(?m)^(\\w+ +)(access|command)$", "$1denials"));
    }
    try {
      new DevelopmentPki(folder.resolve("pki"), Clock.systemUTC(), new SecureRandom())
          .ensure(Door.PUBLIC, "node-1", List.of("localhost", "127.0.0.1"));
    } catch (PkiException e) {
      throw new IOException(e);
    }
  }

  /** As the unit of systemd starts it, but that figures need no bound on memory so close. */
  private static List<String> command(Path folder, Path configuration) {
    var classes = System.getProperty("java.class.path");
    var shape = configuration.getFileName().toString().replace(".conf", "");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
        "-Dfile.encoding=UTF-8",
        "-Dconfig.file=" + configuration,
        "-cp",
        Shape.valueOf(shape).audit
            ? classes
            : folder.resolve("unaudited") + File.pathSeparator + classes,
        "govcloud.node.NodeMain");
  }

  private static Path configuration(
      Options options, BenchmarkCassandra cassandra, Path folder, Shape shape, int port)
      throws IOException {
    int remoting = BenchmarkNodes.freePort();
    var identity = DevelopmentPki.identity(folder.resolve("pki"), Door.PUBLIC, "node-1");
    return Files.writeString(
        folder.resolve(shape + ".conf"),
        """
        include file("%1$s/cluster-configs/local.conf")
        pekko.loglevel = WARNING
        govcloud {
          node.name = "node-1"
          cluster { port = %2$d, seed-nodes = ["127.0.0.1:%2$d"] }
          management.port = %3$d
          identity.mode = %4$s
          http { port = %5$d, token-file = "%6$s", burst-seconds = 1000000 }
          tls.http { certificate-file = "%7$s", key-file = "%7$s" }
          audit.watch { reads = 1000000000, work-begins = "00:00", work-ends = "23:59" }
          cassandra { contact-points = ["127.0.0.1:%8$d"], keyspace = "%9$s" }
          catalogue.folder = "%1$s/apps"
        }
        """
            .formatted(
                options.root(),
                remoting,
                BenchmarkNodes.freePort(),
                shape.accounts ? "accounts" : "header-for-tests",
                port,
                token(folder),
                shape.tls ? identity : "",
                cassandra.port(),
                "security_" + shape.name().toLowerCase(Locale.ROOT)));
  }

  private static Path token(Path folder) {
    return folder.resolve("token");
  }

  /** The file with the token, beside what is needed to trust the node's certificate. */
  static Path token(BenchmarkCassandra cassandra) {
    return token(cassandra.home().resolve("security"));
  }

  Shape shape() {
    return shape;
  }

  String url() {
    return url;
  }

  ProcessMeter meter() {
    return process.meter();
  }

  @Override
  public void close() {
    process.close();
  }
}
