package govcloud.benchmarks;

import com.typesafe.config.ConfigFactory;
import govcloud.domain.Actor;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.CaseCommand;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.NodeConfiguration;
import govcloud.node.RunningNode;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Events per second through sharded entities beside the bare driver, in one run. */
public final class Throughput {

  private static final int ENTITIES = 1_000;
  private static final int IN_FLIGHT = 512;
  private static final String REMARK = "r".repeat(200);

  private Throughput() {}

  /** Arguments: seconds to measure; the repository's folder. */
  public static void main(String[] arguments) throws Exception {
    Duration measured = Duration.ofSeconds(Long.parseLong(arguments[0]));
    Path root = Path.of(arguments[1]).toAbsolutePath().normalize();
    Path home = Files.createTempDirectory("govcloud-benchmark");
    var load = new Load(IN_FLIGHT, Duration.ofSeconds(10), measured);
    try (var cassandra = LocalCassandra.start(LocalCassandra.Settings.in(home.resolve("db")))) {
      var node = RunningNode.start(configuration(root, home, cassandra), "benchmark", Clock.systemUTC());
      var entities = node.context().entities();
      var bare = new RowPerEvent(node.context().cassandra(), "bench", ENTITIES, 330);
      createCases(entities);
      // In turn and twice, so that a drifting machine shows.
      for (int round = 1; round <= 2; round++) {
        var rows = load.run(bare::append);
        var events = load.run(number -> comment(entities, number));
        System.out.printf(
            "round %d: sharded entities %,.0f events/s (%d failed), row per event %,.0f/s (%d failed), ratio %.2f%n",
            round,
            events.perSecond(),
            events.failed(),
            rows.perSecond(),
            rows.failed(),
            events.perSecond() / rows.perSecond());
      }
      node.context().system().terminate();
      node.ended().toCompletableFuture().join();
    }
  }

  private static void createCases(Entities entities) throws InterruptedException {
    var begin =
        new CaseCommand.Create(
            "bench",
            "permits",
            "administrative-approval",
            1,
            "1",
            "benchmark",
            new Applicant("Zhang", "person", "id", "999999199001011234"),
            "{}",
            Map.of(),
            Optional.empty());
    var places = new java.util.concurrent.Semaphore(64);
    for (int i = 0; i < ENTITIES; i++) {
      places.acquire();
      entities.ask(id(i), Request.of(begin, new Actor("bench", Actor.OPERATOR)))
          .thenAccept(Throughput::requireAccepted)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  failure.printStackTrace();
                }
                places.release();
              });
    }
    places.acquire(64);
  }

  private static CompletionStage<?> comment(Entities entities, long number) {
    return entities
        .ask(id(number), Request.of(new CaseCommand.Comment(REMARK), new Actor("bench", Actor.OPERATOR)))
        .thenAccept(Throughput::requireAccepted);
  }

  private static void requireAccepted(Answer<?> answer) {
    if (!answer.accepted()) {
      throw new IllegalStateException(answer.refusal().toString());
    }
  }

  private static String id(long number) {
    return "case/bench/permits/c-" + number % ENTITIES;
  }

  private static NodeConfiguration configuration(Path root, Path home, LocalCassandra cassandra)
      throws IOException {
    var token =
        Files.createFile(
            home.resolve("token"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(token, "benchmark-benchmark-benchmark-benchmark");
    var address = cassandra.contactPoint();
    var file = home.resolve("node.conf");
    int port = freePort();
    Files.writeString(
        file,
        """
        include file("%s/cluster-configs/local.conf")
        govcloud {
          node.name = "node-1"
          cluster { port = %d, seed-nodes = ["127.0.0.1:%d"] }
          management.port = %d
          http { port = 0, token-file = "%s" }
          cassandra { contact-points = ["127.0.0.1:%d"], keyspace = "bench" }
          catalogue.folder = "%s/apps"
        }
        """
            .formatted(
                root, port, port, freePort(), token, address.getPort(), root));
    return NodeConfiguration.read(
        ConfigFactory.parseFile(file.toFile()).withFallback(ConfigFactory.load()).resolve());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
