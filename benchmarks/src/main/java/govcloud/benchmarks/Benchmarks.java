package govcloud.benchmarks;

import java.util.List;

/** Runs one section: {@code Benchmarks SECTION [--key value ...]}. */
public final class Benchmarks {

  private Benchmarks() {}

  /** The first argument names the section, the others are options. */
  public static void main(String[] arguments) throws Exception {
    var options = Options.parse(List.of(arguments).subList(1, arguments.length));
    var report = new Report();
    try (var cassandra = BenchmarkCassandra.start(options)) {
      switch (arguments[0]) {
        case "journal" -> journal(options, cassandra, report);
        case "stored" -> stored(options, cassandra, report);
        case "restore" -> {
          for (int events : options.events()) {
            new RestoreFigures(options, cassandra, report).run(events);
          }
        }
        case "exchange" -> {
          for (int nodes : options.nodes()) {
            new ExchangeFigures(options, cassandra, report).run(nodes);
          }
        }
        case "catchup" -> {
          for (int events : options.events()) {
            new CatchUpFigures(options, cassandra, report).run(events);
          }
        }
        case "security" -> new SecurityFigures(options, cassandra, report).run();
        case "whole" -> new WholeFigures(options, cassandra, report).run();
        case "catalogue" -> {
          for (int resources : options.entities()) {
            new CatalogueFigures(options, cassandra, report).run(resources);
          }
        }
        default ->
            throw new IllegalArgumentException(
                arguments[0]
                    + " (expected: journal, stored, restore, exchange, catchup, whole, security or"
                    + " catalogue)");
      }
    }
    System.exit(0);
  }

  private static void stored(Options options, BenchmarkCassandra cassandra, Report report)
      throws Exception {
    for (int cases : options.entities()) {
      new StoredCloud(options, cassandra, report, cases).run();
    }
  }

  private static void journal(Options options, BenchmarkCassandra cassandra, Report report)
      throws Exception {
    var comparison = new JournalComparison(options, cassandra, report);
    for (int nodes : options.nodes()) {
      for (int slices : options.slices()) {
        for (int entities : options.entities()) {
          comparison.run(entities, slices, nodes);
        }
      }
    }
  }
}
