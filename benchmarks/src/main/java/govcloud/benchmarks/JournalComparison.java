package govcloud.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Events per second, processor time and bytes of several contenders that take turns. */
final class JournalComparison {

  /** One turn of one contender, with everything that it caused afterwards. */
  private record Turn(
      double perSecond, double cassandraMicros, double clientMicros, double bytes) {}

  private final Options options;
  private final BenchmarkCassandra cassandra;
  private final Report report;
  private final Map<String, List<Turn>> turns = new LinkedHashMap<>();
  private final Map<String, Long> next = new LinkedHashMap<>();

  JournalComparison(Options options, BenchmarkCassandra cassandra, Report report) {
    this.options = options;
    this.cassandra = cassandra;
    this.report = report;
  }

  /** Compares for one number of entities, slices and nodes. */
  void run(int entities, int slices, int nodes) throws Exception {
    var shape =
        new BenchmarkNodes.Shape(
            BenchmarkNodes.newKeyspace(),
            nodes,
            slices,
            entities + entities / 4 + 1000,
            options.views());
    try (var cloud = BenchmarkNodes.start(options, cassandra, shape);
        var stock = new StockJournal(cassandra.port(), shape.keyspace() + "_stock", entities)) {
      var ours = new ShardedEntities(cloud, entities);
      report.say(
          "%,d entities, %d slices, %d node(s), %d in flight, commit log %s, read models %s",
          entities,
          slices,
          nodes,
          options.inFlight(),
          options.durability(),
          options.views() ? "on" : "off");
      var created = ours.create(options.inFlight());
      report.say(
          "  creating them: %,.0f/s (%d failed), views caught up %.1f s later",
          created.perSecond(), created.failed(), ours.awaitViews().toMillis() / 1000.0);
      ours.settle();
      List<Contender> contenders =
          List.of(
              new RowPerEvent(cloud.first().cassandra(), shape.keyspace(), entities), stock, ours);
      for (var contender : contenders) {
        turn(contender, new Load(options.inFlight(), options.warmUp()));
      }
      for (int round = 0; round < options.rounds(); round++) {
        for (var contender : contenders) {
          var turn = turn(contender, options.load());
          turns.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(turn);
        }
      }
      print(contenders.stream().map(Contender::name).toList());
    }
  }

  private Turn turn(Contender contender, Load load) throws IOException, InterruptedException {
    var meter = cassandra.meter();
    var own = new ProcessMeter(ProcessHandle.current().pid());
    meter.awaitIdle(20);
    double cpu = meter.cpuSeconds();
    double client = own.cpuSeconds();
    long bytes = meter.writtenBytes();
    long rows = contender instanceof ShardedEntities ours ? ours.logRows() : 0;
    var result = load.run(next.getOrDefault(contender.name(), 0L), contender::store);
    next.put(contender.name(), result.next());
    double catchUp = 0;
    String appends = "";
    if (contender instanceof ShardedEntities ours) {
      catchUp = ours.awaitViews().toMillis() / 1000.0;
      appends =
          ", views %.1f s behind, %.1f records per append"
              .formatted(catchUp, (double) result.completed() / (ours.logRows() - rows));
    }
    contender.settle();
    meter.awaitIdle(20);
    var turn =
        new Turn(
            result.perSecond(),
            (meter.cpuSeconds() - cpu) * 1e6 / result.completed(),
            (own.cpuSeconds() - client) * 1e6 / result.completed(),
            (double) (meter.writtenBytes() - bytes) / result.completed());
    report.say(
        "  %-18s %,8.0f events/s, %d failed, Cassandra %4.0f us and %,6.0f bytes, client %4.0f us"
            + " per event, load %.1f%s",
        contender.name(),
        turn.perSecond(),
        result.failed(),
        turn.cassandraMicros(),
        turn.bytes(),
        turn.clientMicros(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        appends);
    return turn;
  }

  private void print(List<String> names) {
    String ours = names.get(names.size() - 1);
    for (String other : names.subList(0, names.size() - 1)) {
      report.say(
          "  => beside %s, medians of %d rounds: events/s x %.2f, Cassandra CPU x %.2f, bytes x"
              + " %.2f, client CPU x %.2f",
          other,
          options.rounds(),
          ratio(ours, other, Turn::perSecond),
          ratio(ours, other, Turn::cassandraMicros),
          ratio(ours, other, Turn::bytes),
          ratio(ours, other, Turn::clientMicros));
    }
    turns.clear();
    next.clear();
  }

  /** The median of the rounds' ratios. */
  private double ratio(String ours, String other, ToDoubleFunction<Turn> figure) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < options.rounds(); i++) {
      ratios.add(
          figure.applyAsDouble(turns.get(ours).get(i))
              / figure.applyAsDouble(turns.get(other).get(i)));
    }
    return Report.median(ratios);
  }
}
