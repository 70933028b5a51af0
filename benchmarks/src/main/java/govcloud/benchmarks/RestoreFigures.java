package govcloud.benchmarks;

import com.typesafe.config.ConfigFactory;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.recovery.LostCloud;
import govcloud.recovery.index.ArchiveIndex;
import govcloud.recovery.index.IndexScan;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.prove.Prover;
import govcloud.recovery.prove.TenantProof;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.recovery.restore.EarlyRestore;
import govcloud.recovery.restore.Restore;
import govcloud.recovery.restore.RestoreSettings;
import govcloud.recovery.restore.RestoreSettings.Writer;
import govcloud.recovery.restore.Target;
import govcloud.recovery.restore.TargetTenants;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.store.FileSystemArchiveStore;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A lost cloud rebuilt from its replica by each writer and proved, beside the bare driver that
 * inserts one row per event into the same Cassandra. The lost cloud's lives are decided by the
 * domain.
 */
final class RestoreFigures {

  private static final int SEED = 21;
  private static final int CUTS = 2;

  /** Of so many events at a time the lost cloud is made, which then fit into memory. */
  private static final int AT_ONCE = 1_000_000;

  private static final Duration LONG = Duration.ofMinutes(30);

  private final Options options;
  private final BenchmarkCassandra cassandra;
  private final Report report;

  RestoreFigures(Options options, BenchmarkCassandra cassandra, Report report) {
    this.options = options;
    this.cassandra = cassandra;
    this.report = report;
  }

  /** Prints the figures for about so many events. */
  void run(int events) throws Exception {
    int slices = options.slices().get(0);
    Path folder = cassandra.home().resolve("lost-" + events);
    LostCloud sample =
        LostCloud.make(
            folder.resolve("sample"), new LostCloud.Size(slices, options.tenants(), 20, 1), SEED);
    double perCase = sample.records().size() / (20.0 * options.tenants());
    int days = Math.max(1, events / AT_ONCE);
    int cases = (int) (events / perCase / options.tenants() / days);
    LostCloud.Size size = new LostCloud.Size(slices, options.tenants(), cases, CUTS);
    long began = System.nanoTime();
    LostCloud cloud = LostCloud.make(folder.resolve("cloud"), size, SEED + 1);
    long records = cloud.records().size();
    long entities = cloud.entities().size();
    cloud.forget();
    for (int day = 2; day <= days; day++) {
      cloud.goOnEverywhere(day, ((long) SEED * day) << 32);
      records += cloud.records().size();
      entities += cloud.entities().size();
      cloud.forget();
    }
    report.say(
        "%,d events of %,d entities of %d tenants in %d slices, made in %.0f s, %d threads,"
            + " commit log %s",
        records,
        entities,
        options.tenants(),
        slices,
        (System.nanoTime() - began) / 1e9,
        options.threads(),
        options.durability());
    for (int round = 0; round < options.rounds(); round++) {
      round(cloud, records);
    }
  }

  private void round(LostCloud cloud, long records) throws Exception {
    double restored = 0;
    if (options.parts().contains("writers")) {
      double bare = bare(records);
      for (Writer writer : List.of(Writer.CQL, Writer.SSTABLE)) {
        restored = whole(cloud, records, writer, bare);
      }
    }
    if (options.parts().contains("first")) {
      first(cloud);
    }
    if (options.parts().contains("suffix")) {
      suffix(cloud, restored);
    }
    if (options.parts().contains("process")) {
      for (boolean opens : List.of(false, true)) {
        String keyspace = BenchmarkNodes.newKeyspace();
        new OwnProcess(cloud, cassandra.port(), keyspace, options.threads())
            .run(opens, records, report);
      }
    }
  }

  /** Events per second of a driver that inserts a row for each. */
  private double bare(long records) throws Exception {
    CassandraSettings settings = settings(BenchmarkNodes.newKeyspace());
    try (Target target = Target.open(settings, LostCloud.NAME)) {
      var bare = new RowPerEvent(target.session(), settings.keyspace(), 1000);
      return new Load(options.inFlight(), LONG).run(0, records, bare::store).perSecond();
    }
  }

  /** Everything restored and proved; gives the seconds of the first. */
  private double whole(LostCloud cloud, long records, Writer writer, double bare) throws Exception {
    CassandraSettings settings = settings(BenchmarkNodes.newKeyspace());
    try (Target target = Target.open(settings, LostCloud.NAME)) {
      Replica replica = replica(cloud);
      RecoveryPoint point = replica.point(OptionalLong.empty());
      System.gc();
      resetPeak();
      double before = cassandra.meter().cpuSeconds();
      double restored = seconds(() -> restore(replica, target, point, writer));
      double between = cassandra.meter().cpuSeconds();
      double proved = seconds(() -> prove(replica, target, point, records));
      replica.secrets().close();
      report.say(
          "  %s: row per event %,.0f events/s; restored %,.0f events/s, proved %,.0f events/s, both"
              + " x %.2f of a row per event in %.1f s; processor time of Cassandra %.1f and %.1f s;"
              + " most heap %,d MiB, load %.1f",
          writer,
          bare,
          records / restored,
          records / proved,
          records / (restored + proved) / bare,
          restored + proved,
          between - before,
          cassandra.meter().cpuSeconds() - between,
          peak() >> 20,
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      return restored;
    }
  }

  /** What nodes wait for before they serve a first department, without the start of a process. */
  private void first(LostCloud cloud) throws Exception {
    CassandraSettings settings = settings(BenchmarkNodes.newKeyspace());
    try (Target target = Target.open(settings, LostCloud.NAME)) {
      Replica replica = replica(cloud);
      RecoveryPoint point = replica.point(OptionalLong.empty());
      List<TenantProof> proved = new ArrayList<>();
      TargetTenants order = new TargetTenants(target, proved::add, true);
      System.gc();
      resetPeak();
      target.claim(point);
      long began = System.nanoTime();
      ArchiveIndex index = new IndexScan(replica, point, List.of()).run(options.threads());
      double indexed = (System.nanoTime() - began) / 1e9;
      EarlyRestore early =
          new EarlyRestore(replica, target, point, RestoreSettings.of(options.threads()), index);
      early.begin(order, Optional.empty());
      early.run(order);
      replica.secrets().close();
      if (proved.size() != 2 || !proved.stream().allMatch(TenantProof::proved)) {
        throw new IllegalStateException(proved + " (expected: proved)");
      }
      report.say(
          "  first department, %,d of %,d events: %.1f s, of which %.1f s for the index; most heap"
              + " %,d MiB, load %.1f",
          proved.get(1).records(),
          index.tenants().values().stream().mapToLong(n -> n).sum(),
          (System.nanoTime() - began) / 1e9,
          indexed,
          peak() >> 20,
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
  }

  /** What a move waits for when all up to the last cut was restored before. */
  private void suffix(LostCloud cloud, double full) throws Exception {
    CassandraSettings settings = settings(BenchmarkNodes.newKeyspace());
    try (Target target = Target.open(settings, LostCloud.NAME)) {
      Replica replica = replica(cloud);
      restore(replica, target, replica.point(OptionalLong.of(CUTS)), Writer.AUTO);
      RecoveryPoint latest = replica.point(OptionalLong.empty());
      Restore rest = new Restore(replica, target, latest, RestoreSettings.of(options.threads()));
      double seconds = seconds(rest::advance);
      replica.secrets().close();
      report.say(
          "  suffix of %,d events (%,d KiB of the archive) restored in %.1f s, everything in %.1f"
              + " s",
          rest.progress().records(), rest.progress().bytes() >> 10, seconds, full);
    }
  }

  private static Replica replica(LostCloud cloud) throws Exception {
    return new Replica(
            FileSystemArchiveStore.open(cloud.archive()),
            cloud.trust(),
            RecoverySecrets.join(cloud.keys().recovery(), cloud.shares().subList(0, 3)))
        .requireMatching();
  }

  private void restore(Replica replica, Target target, RecoveryPoint point, Writer writer)
      throws Exception {
    new Restore(replica, target, point, RestoreSettings.of(options.threads()).with(writer)).run();
  }

  private void prove(Replica replica, Target target, RecoveryPoint point, long records)
      throws Exception {
    ProofReport proof =
        new Prover(replica, point, target.session(), target.keyspace(), options.threads()).run();
    if (!proof.isProved() || proof.records() != records) {
      throw new IllegalStateException(
          proof.records() + " records proved (expected: " + records + "): " + proof.findings());
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e9;
  }

  private static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static void resetPeak() {
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peak() {
    return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private CassandraSettings settings(String keyspace) {
    return CassandraSettings.from(
        ConfigFactory.parseMap(
                Map.of(
                    "govcloud.cassandra.contact-points",
                    List.of("127.0.0.1:" + cassandra.port()),
                    "govcloud.cassandra.keyspace",
                    keyspace,
                    "govcloud.cassandra.request-timeout",
                    "10s"))
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve());
  }
}
