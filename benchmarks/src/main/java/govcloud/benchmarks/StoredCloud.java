package govcloud.benchmarks;

import govcloud.node.casework.CaseQuery;
import govcloud.node.projection.PageRequest;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a stored cloud costs: memory of active entities, recovery of all of them by a node that
 * starts, the read models built again from the log, and the first page of a worklist.
 */
final class StoredCloud {

  private static final int QUERIES = 300;
  private static final Duration LONG = Duration.ofMinutes(30);

  private final Options options;
  private final BenchmarkCassandra cassandra;
  private final Report report;
  private final int cases;
  private final BenchmarkNodes.Shape shape;

  StoredCloud(Options options, BenchmarkCassandra cassandra, Report report, int cases) {
    this.options = options;
    this.cassandra = cassandra;
    this.report = report;
    this.cases = cases;
    this.shape =
        new BenchmarkNodes.Shape(
            BenchmarkNodes.newKeyspace(), 1, options.slices().get(0), cases + 1000, true);
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
      entities.settle();
      report.say(
          "  creating %,.0f/s (%d failed), commenting %,.0f/s (%d failed)",
          created.perSecond(), created.failed(), commented.perSecond(), commented.failed());
      report.say(
          "  heap per active entity: %,d bytes (with its share of the host's memory)",
          (usedHeap() - before) / cases);
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
          read.perSecond(), 3 * read.perSecond(), read.failed());
    }
  }

  private void rebuild() throws Exception {
    var tables =
        List.of("projection_positions", "case_rows", "case_index", "view_counts", "usage_events");
    try (var cloud = BenchmarkNodes.start(options, cassandra, shape.withViews(false))) {
      for (String table : tables) {
        cloud.first().cassandra().execute("TRUNCATE " + shape.keyspace() + "." + table);
      }
      long began = System.nanoTime();
      cloud.startViews();
      var entities = new ShardedEntities(cloud, cases);
      entities.awaitCounted();
      entities.awaitViews();
      double seconds = (System.nanoTime() - began) / 1e9;
      report.say("  all views built again: %,.0f events/s", 3 * cases / seconds);
    }
  }

  private Load load() {
    return new Load(options.inFlight(), LONG);
  }
}
