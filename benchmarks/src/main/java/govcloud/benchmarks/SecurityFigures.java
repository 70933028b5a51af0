package govcloud.benchmarks;

import govcloud.benchmarks.SecurityNode.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What security costs per request over HTTP: the same load on clouds with all of it, with one part
 * less, and with none, which take turns.
 */
final class SecurityFigures {

  private static final String TENANT = "bureau";

  /** As many as a node always works on at the same time: none of them is refused. */
  private static final int CALLERS = 16;

  private static final int IDLE_SECONDS = 4;

  private final Options options;
  private final BenchmarkCassandra cassandra;
  private final Report report;
  private final Map<Shape, Contender> contenders = new EnumMap<>(Shape.class);

  SecurityFigures(Options options, BenchmarkCassandra cassandra, Report report) {
    this.options = options;
    this.cassandra = cassandra;
    this.report = report;
  }

  /** What is asked for. */
  private enum Kind {
    /** A case, which its entity tells from memory; written down as an access. */
    READS,
    /** A comment on a case, which goes into the log. */
    CHANGES
  }

  /**
   * What one cloud did in its turn.
   *
   * @param perSecond accepted requests
   * @param nodeMillis processor time of the node for each of them
   */
  private record Turn(double perSecond, double nodeMillis) {}

  private record Contender(SecurityNode node, CaseLoad load) {
    Turn turn(Kind kind, int seconds) throws InterruptedException {
      double before = node.meter().cpuSeconds();
      double perSecond =
          kind == Kind.READS
              ? load.closedReads(TENANT, CALLERS, seconds)
              : load.closedChanges(TENANT, CALLERS, seconds);
      // What follows from its changes is paid by whoever has made them.
      node.meter().awaitIdle(IDLE_SECONDS);
      double used = node.meter().cpuSeconds() - before;
      return new Turn(perSecond, used * 1000 / Math.max(1, perSecond * seconds));
    }
  }

  void run() throws IOException, InterruptedException {
    try {
      for (Shape shape : Shape.values()) {
        prepare(SecurityNode.start(options, cassandra, shape));
      }
      for (Kind kind : Kind.values()) {
        measure(kind);
      }
    } finally {
      contenders.values().forEach(contender -> contender.node().close());
    }
  }

  private void prepare(SecurityNode node) throws IOException, InterruptedException {
    var load = new CaseLoad(node.url(), SecurityNode.token(cassandra));
    contenders.put(node.shape(), new Contender(node, load));
    var caller = load.caller();
    if (node.shape().accounts()) {
      caller.send(caller.request("POST", "/v1/first-accounts", "{}"));
    }
    caller.register(TENANT);
    caller.rent(TENANT, "permits", "environmental-permit-receipt");
    load.prepare(TENANT);
  }

  private void measure(Kind kind) throws InterruptedException {
    for (Contender contender : contenders.values()) {
      contender.turn(kind, (int) options.warmUp().toSeconds());
    }
    Map<Shape, List<Turn>> turns = new EnumMap<>(Shape.class);
    for (int round = 0; round < options.rounds(); round++) {
      for (Contender contender : contenders.values()) {
        turns
            .computeIfAbsent(contender.node().shape(), shape -> new ArrayList<>())
            .add(contender.turn(kind, (int) options.measured().toSeconds()));
      }
    }
    report.say(
        "%s, %d rounds of %d s, %d callers",
        kind.name().toLowerCase(Locale.ROOT),
        options.rounds(),
        options.measured().toSeconds(),
        CALLERS);
    turns.forEach((shape, own) -> show(shape, own, turns.get(Shape.EVERYTHING)));
  }

  /** Ratios are those of one round each, since a machine is another one a minute later. */
  private void show(Shape shape, List<Turn> own, List<Turn> everything) {
    List<Double> faster = new ArrayList<>();
    List<Double> cheaper = new ArrayList<>();
    for (int round = 0; round < own.size(); round++) {
      faster.add(everything.get(round).perSecond() / own.get(round).perSecond());
      cheaper.add(everything.get(round).nodeMillis() / own.get(round).nodeMillis());
    }
    report.say(
        "  %-16s %,7.0f/s, %.3f ms of the node's processor each; everything beside it: x %.2f"
            + " requests/s, x %.2f processor time",
        shape.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        Report.median(own.stream().map(Turn::perSecond).toList()),
        Report.median(own.stream().map(Turn::nodeMillis).toList()),
        Report.median(faster),
        Report.median(cheaper));
  }
}
