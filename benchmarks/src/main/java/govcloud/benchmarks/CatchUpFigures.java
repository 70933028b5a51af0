package govcloud.benchmarks;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import govcloud.node.NodeConfiguration;
import govcloud.node.NodeMain;
import govcloud.node.RunningNode;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.Receipt;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How fast a cloud catches up whose sibling was away: events are stored while it is, then it comes
 * back, and the receipts say when it had them. Beside it the bare pipeline over the same bytes, in
 * one thread. Both clouds are one node each, in this JVM, and share a Cassandra.
 */
final class CatchUpFigures {
  private static final String HOME = "harbour";
  private static final String SIBLING = "mountain";
  private static final int CASES = 1_000;
  private static final Duration FILLING = Duration.ofHours(1);

  /** So long after the last event everything is in the own archive. */
  private static final Duration SETTLING = Duration.ofSeconds(15);

  private static final Duration CATCHING_UP = Duration.ofMinutes(30);
  private static final int ROUNDS = 5;

  private final Options options;
  private final BenchmarkCassandra cassandra;
  private final Report report;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Integer> ports;
  private Path folder;

  CatchUpFigures(Options options, BenchmarkCassandra cassandra, Report report) throws Exception {
    this.options = options;
    this.cassandra = cassandra;
    this.report = report;
    this.ports = Map.of(HOME, BenchmarkNodes.freePort(), SIBLING, BenchmarkNodes.freePort());
  }

  /** Prints the figures for so many events. */
  void run(int events) throws Exception {
    folder = Files.createDirectories(cassandra.home().resolve("catch-up-" + events));
    for (String cloud : List.of(HOME, SIBLING)) {
      KeyCeremony.init(
          keys(cloud), cloud, folder.resolve(cloud + "-shares"), 2, 3, new SecureRandom());
    }
    keys(HOME).trust(CloudCard.parse(keys(SIBLING).card().toFile()));
    keys(SIBLING).trust(CloudCard.parse(keys(HOME).card().toFile()));
    RunningNode home = start(HOME, SIBLING);
    try {
      var caller = new ApiCaller(http, NodeMain.serve(home).url(), BenchmarkNodes.TOKEN);
      fill(home, events);
      Thread.sleep(SETTLING.toMillis());
      catchUp(caller);
    } finally {
      end(home);
    }
  }

  private KeyFolder keys(String cloud) {
    return new KeyFolder(folder.resolve(cloud).resolve("keys"));
  }

  private RunningNode start(String cloud, String sibling) throws Exception {
    return RunningNode.start(
        NodeConfiguration.read(
            ConfigFactory.parseFile(configuration(cloud, sibling).toFile())
                .withFallback(ConfigFactory.load())
                .resolve()),
        "benchmark",
        Clock.systemUTC());
  }

  private Path configuration(String cloud, String sibling) throws IOException {
    Path place = Files.createDirectories(folder.resolve(cloud));
    int remoting = BenchmarkNodes.freePort();
    return Files.writeString(
        place.resolve("node.conf"),
        """
        include file("%1$s/cluster-configs/local.conf")
        pekko { loglevel = WARNING, coordinated-shutdown.exit-jvm = off }
        govcloud {
          node { name = "node-1", cloud = "%2$s" }
          cluster { port = %3$d, seed-nodes = ["127.0.0.1:%3$d"] }
          management.port = %4$d, identity.mode = header-for-tests
          http { port = 0, token-file = "%5$s", burst-seconds = 1000000 }
          replication {
            keys-folder = "%6$s/keys", archive-folder = "%6$s/archive"
            received-folder = "%6$s/received", port = %7$d
            sibling = "%8$s", sibling-addresses = ["127.0.0.1:%9$d"], cut.time = ""
          }
          cassandra { contact-points = ["127.0.0.1:%10$d"], keyspace = "%11$s" }
          catalogue.folder = "%1$s/apps"
          journal.slices = %12$d
          entities.ask-timeout = 10s
        }
        """
            .formatted(
                options.root(),
                cloud,
                remoting,
                BenchmarkNodes.freePort(),
                BenchmarkNodes.secret(place.resolve("token"), BenchmarkNodes.TOKEN),
                place,
                ports.get(cloud),
                sibling,
                ports.get(sibling),
                cassandra.port(),
                BenchmarkNodes.newKeyspace() + "_" + cloud,
                options.slices().get(0)));
  }

  private static void end(RunningNode node) {
    node.context().system().terminate();
    node.ended().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private void fill(RunningNode node, int events) throws InterruptedException {
    var entities = new ShardedEntities(BenchmarkNodes.of(node), CASES);
    entities.create(options.inFlight());
    var filled = new Load(options.inFlight(), FILLING).run(0, events - CASES, entities::store);
    report.say(
        "%,d events stored while the sibling is away, commit log %s: %,.0f events/s (%d failed)",
        CASES + filled.completed(), options.durability(), filled.perSecond(), filled.failed());
  }

  private void catchUp(ApiCaller caller) throws Exception {
    // Its door is open before all of it runs.
    long back = System.currentTimeMillis();
    RunningNode sibling = start(SIBLING, HOME);
    try {
      NodeMain.serve(sibling);
      long patience = back + CATCHING_UP.toMillis();
      while (!caller
          .send(caller.request("GET", "/v1/replication"))
          .contains("\"state\":\"in_step\"")) {
        if (System.currentTimeMillis() > patience) {
          throw new IllegalStateException("not caught up in " + CATCHING_UP);
        }
        Thread.sleep(200);
      }
      tell(back);
    } finally {
      end(sibling);
    }
  }

  /** What the evidence says: the home's segments beside the sibling's receipts. */
  private void tell(long back) throws Exception {
    ReplicaTrust trust = trust();
    ArchiveStore archive = FileSystemArchiveStore.open(folder.resolve(HOME).resolve("archive"));
    ArchiveStore received =
        FileSystemArchiveStore.open(folder.resolve(SIBLING).resolve("received"));
    var shipped = new Shipped();
    try (EpochKeys keys = keys(HOME).epoch()) {
      var reader = new SegmentReader(keys);
      for (ArchiveName name : archive.list(StatementKind.SEGMENT)) {
        Optional<Long> at = receivedAt(received, name, trust);
        if (at.isPresent()) {
          Segment segment = Segment.verify(name, archive.read(name).orElseThrow(), trust);
          shipped.add(segment.size(), reader.batches(segment), at.get());
        }
      }
    }
    shipped.say(report, back);
  }

  /** What has a receipt. */
  private static final class Shipped {
    private final List<byte[]> raw = new ArrayList<>();
    private long records;
    private long wire;
    private long first = Long.MAX_VALUE;
    private long last;

    void add(long size, List<ByteString> batches, long at) throws Exception {
      for (ByteString batch : batches) {
        records += LogBatch.parseFrom(batch).getRecordCount();
      }
      raw.add(ByteString.copyFrom(batches).toByteArray());
      wire += size;
      first = Math.min(first, at);
      last = Math.max(last, at);
    }

    void say(Report report, long back) {
      double megabytes = raw.stream().mapToLong(bytes -> bytes.length).sum() / 1e6;
      double seconds = Math.max(1, last - first) / 1e3;
      double bare = bare(raw, megabytes);
      report.say(
          "  caught up: %,d events, %.1f MB of log, in %,d segments, %.1f MB in all; first receipt"
              + " after %,d ms, all after %,d ms",
          records, megabytes, raw.size(), wire / 1e6, first - back, last - back);
      report.say(
          "  from the first receipt to the last: %,.0f events/s, %.1f MB/s",
          records / seconds, megabytes / seconds);
      report.say(
          "  bare pipeline over the same bytes:  %,.0f events/s, %.1f MB/s; ratio %.4f",
          records * bare / megabytes, bare, megabytes / seconds / bare);
    }
  }

  private static Optional<Long> receivedAt(
      ArchiveStore received, ArchiveName segment, ReplicaTrust trust) throws Exception {
    ArchiveName name = ArchiveName.receipt(segment.slice(), segment.number());
    Optional<byte[]> file = received.read(name);
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(Receipt.verify(name, file.get(), trust).statement().getReceivedAt());
  }

  private ReplicaTrust trust() throws Exception {
    List<TrustedKey> trusted = new ArrayList<>(keys(HOME).signingKeys());
    trusted.addAll(keys(SIBLING).signingKeys());
    return new ReplicaTrust(
        HOME, SIBLING, new TrustedKeys(trusted), Set.of(keys(HOME).recovery().key().id()));
  }

  /** Megabytes a second, by the clock, in one thread; the median of some rounds. */
  private static double bare(List<byte[]> raw, double megabytes) {
    List<Double> rates = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long began = System.nanoTime();
      for (int i = 0; i < raw.size(); i++) {
        BarePipeline.run(raw.get(i), i);
      }
      rates.add(megabytes / ((System.nanoTime() - began) / 1e9));
    }
    return Report.median(rates);
  }
}
