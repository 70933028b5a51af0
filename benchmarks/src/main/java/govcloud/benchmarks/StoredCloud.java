package govcloud.benchmarks;

import com.datastax.oss.driver.api.core.CqlSession;
import govcloud.node.casework.CaseQuery;
import govcloud.node.projection.PageRequest;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a stored cloud costs: memory of active entities, recovery of all of them by a node that
 * starts, the read models built again from the log, and the first page of a worklist.
 */
final class StoredCloud {

  private static final int QUERIES = 300;
  private static final Duration LONG = Duration.ofHours(3);

  /** With more the host's memory would be measured and not what one entity needs of it. */
  private static final int MOST_ACTIVE = 100_000;

  /** Beside these, every view has a table of rows and one of lists. */
  private static final Set<String> COMMON =
      Set.of("projection_positions", "parked_streams", "view_counts", "usage_events");

  private final Options options;
  private final BenchmarkCassandra cassandra;
  private final Report report;
  private final int cases;
  private final BenchmarkNodes.Shape shape;
  private long events;

  StoredCloud(Options options, BenchmarkCassandra cassandra, Report report, int cases) {
    this.options = options;
    this.cassandra = cassandra;
    this.report = report;
    this.cases = cases;
    this.shape =
        new BenchmarkNodes.Shape(
            BenchmarkNodes.newKeyspace(), 1, options.slices().get(0), active() + 1000, true);
  }

  private int active() {
    return Math.min(cases, MOST_ACTIVE);
  }

  /** Prints all figures for one number of cases with three events each. */
  void run() throws Exception {
    report.say("%,d cases with 3 events each, commit log %s", cases, options.durability());
    fill();
    recover();
    rebuild();
  }

  private void fill() throws Exception {
    try (var cloud = BenchmarkNodes.start(options, cassandra, shape)) {
      var entities = new ShardedEntities(cloud, cases);
      entities.read(0).toCompletableFuture().join();
      long before = usedHeap();
      var created = entities.create(options.inFlight());
      var commented = load().run(0, 2L * cases, entities::store);
      events = cases + commented.completed();
      entities.settle();
      report.say(
          "  creating %,.0f/s, commenting %,.0f/s (%d failed)",
          created.perSecond(), commented.perSecond(), commented.failed());
      report.say(
          "  heap per active entity: %,d bytes (%,d of them, with their share of the host's memory)",
          (usedHeap() - before) / active(), active());
      queries(cloud);
    }
  }

  private static long usedHeap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void queries(BenchmarkNodes cloud) throws InterruptedException {
    List<Long> micros = new ArrayList<>();
    var query = CaseQuery.ofApp("permits", CaseQuery.Sort.UPDATED);
    var table = cloud.readModels().cases();
    for (int i = 0; i < QUERIES; i++) {
      long began = System.nanoTime();
      table.list("bench", query, PageRequest.first()).toCompletableFuture().join();
      micros.add((System.nanoTime() - began) / 1000);
    }
    List<Long> sorted = micros.stream().sorted().toList();
    report.say(
        "  first page of the worklist of %,d cases: p50 %.1f ms, p99 %.1f ms",
        cases, Report.percentile(sorted, 0.5) / 1000.0, Report.percentile(sorted, 0.99) / 1000.0);
  }

  private void recover() throws Exception {
    try (var cloud = BenchmarkNodes.start(options, cassandra, shape)) {
      var entities = new ShardedEntities(cloud, cases);
      var read = load().run(0, cases, entities::read);
      report.say(
          "  recovery after a cold start: %,.0f entities/s, %,.0f events/s (%d failed)",
          read.perSecond(), read.perSecond() * events / cases, read.failed());
    }
  }

  private void rebuild() throws Exception {
    try (var cloud = BenchmarkNodes.start(options, cassandra, shape.withViews(false))) {
      List<String> tables = tablesOfViews(cloud.first().cassandra());
      for (String table : tables) {
        cloud.first().cassandra().execute("TRUNCATE " + shape.keyspace() + "." + table);
      }
      long began = System.nanoTime();
      cloud.startViews();
      var entities = new ShardedEntities(cloud, cases);
      entities.awaitCounted();
      entities.awaitViews();
      double seconds = (System.nanoTime() - began) / 1e9;
      report.say(
          "  all views built again (%d, %d tables emptied): %,.0f events/s",
          cloud.readModels().views().lags().toCompletableFuture().join().size(),
          tables.size(),
          events / seconds);
    }
  }

  private List<String> tablesOfViews(CqlSession session) {
    List<String> tables = new ArrayList<>();
    session
        .execute(
            "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", shape.keyspace())
        .forEach(row -> tables.add(row.getString("table_name")));
    tables.removeIf(
        table -> !COMMON.contains(table) && !table.endsWith("_rows") && !table.endsWith("_index"));
    return tables;
  }

  private Load load() {
    return new Load(options.inFlight(), LONG);
  }
}
