package govcloud.benchmarks;

import govcloud.domain.Actor;
import govcloud.domain.exchange.Ledger;
import govcloud.domain.exchange.LedgerCommand;
import govcloud.exchange.JsonBytes;
import govcloud.node.eventsourcing.Request;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;

/**
 * What an exchange with its full evidence costs beside the bare call to the provider, both over
 * HTTP to the same nodes, in turns; how many entries a second the ledger takes; and how long after
 * a suspension the last node still lets something through.
 */
final class ExchangeFigures {

  private static final int CALLERS = 64;
  private static final int BARE_SECONDS = 4;
  private static final long AUDITED_MILLIS = 8_000;
  private static final int SUSPENSIONS = 30;
  private static final long SETTLE_MILLIS = 1_500;
  private static final long POLL_MILLIS = 5;
  private static final int LEAVES = Ledger.MOST_LEAVES;

  private final Options options;
  private final BenchmarkCassandra cassandra;
  private final Report report;
  private long number;

  ExchangeFigures(Options options, BenchmarkCassandra cassandra, Report report) {
    this.options = options;
    this.cassandra = cassandra;
    this.report = report;
  }

  /** Prints all figures of a cloud of so many nodes. */
  void run(int count) throws Exception {
    var shape =
        new BenchmarkNodes.Shape(
            BenchmarkNodes.newKeyspace(), count, options.slices().get(0), 10_000, false);
    try (var nodes = BenchmarkNodes.start(options, cassandra, shape)) {
      var cloud = new ExchangeCloud(nodes);
      report.say("%d nodes, a record of 2 KiB, commit log %s", count, options.durability());
      double rate = throughput(cloud);
      halfLoad(cloud, rate / 2);
      appends(nodes);
      if (count > 1) {
        suspensions(cloud);
      }
    }
  }

  private double throughput(ExchangeCloud cloud) throws InterruptedException {
    bare(cloud);
    closed(cloud, cloud::exchange, options.warmUp().toSeconds());
    List<Double> rates = new ArrayList<>();
    for (int round = 1; round <= options.rounds(); round++) {
      double bare = bare(cloud);
      var before = ProcessorTime.now(cassandra);
      double full = closed(cloud, cloud::exchange, options.measured().toSeconds());
      var each = each(full, before);
      rates.add(full);
      report.say(
          "  round %d, %d callers: bare provider calls %,.0f/s, exchanges %,.0f/s, x %.2f",
          round, CALLERS, bare, full, full / bare);
      report.say("    each %s", each);
    }
    return Report.median(rates);
  }

  private String each(double perSecond, ProcessorTime before) {
    var count = Math.max(1, Math.round(perSecond * options.measured().toSeconds()));
    return ProcessorTime.now(cassandra).each(count, before);
  }

  /** Each call is written into the audit trail, which is behind by many after some seconds. */
  private double bare(ExchangeCloud cloud) throws InterruptedException {
    double rate = closed(cloud, cloud::bare, BARE_SECONDS);
    Thread.sleep(AUDITED_MILLIS);
    return rate;
  }

  private double closed(ExchangeCloud cloud, LongFunction<HttpRequest> request, long seconds)
      throws InterruptedException {
    Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    var result =
        new Load(CALLERS, java.time.Duration.ofSeconds(seconds))
            .run(number, one -> accepted(cloud, request.apply(one), refused));
    number = result.next();
    if (result.failed() > 0) {
      report.say("    %d refused: %s", result.failed(), new TreeMap<>(refused));
    }
    return result.perSecond();
  }

  /** A caller who is refused comes back when it was told to: at once, it would measure refusals. */
  private static CompletionStage<?> accepted(
      ExchangeCloud cloud, HttpRequest request, Map<String, LongAdder> refused) {
    return cloud
        .http()
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenCompose(
            answer -> {
              if (answer.statusCode() == 200) {
                return CompletableFuture.completedFuture(answer);
              }
              String code = OpenLoop.code(answer);
              refused.computeIfAbsent(code, key -> new LongAdder()).increment();
              long pause = answer.headers().firstValueAsLong("Retry-After").orElse(0);
              return CompletableFuture.supplyAsync(
                  () -> {
                    throw new IllegalStateException(code);
                  },
                  CompletableFuture.delayedExecutor(pause, TimeUnit.SECONDS));
            });
  }

  private void halfLoad(ExchangeCloud cloud, double rate) throws InterruptedException {
    for (int round = 1; round <= options.rounds(); round++) {
      var bare = open(cloud, cloud::bare, rate);
      var before = ProcessorTime.now(cassandra);
      var full = open(cloud, cloud::exchange, rate);
      report.say("    each %s", each(full.perSecond(), before));
      report.say("  half load, %.0f/s, bare:     %s", rate, bare);
      report.say("  half load, %.0f/s, exchange: %s", rate, full);
      report.say(
          "    added p50 %.1f ms, p99 %.1f ms", full.p50() - bare.p50(), full.p99() - bare.p99());
    }
  }

  private OpenLoop.Result open(ExchangeCloud cloud, LongFunction<HttpRequest> request, double rate)
      throws InterruptedException {
    int seconds = (int) options.measured().toSeconds();
    long first = number;
    number += (long) (rate * seconds) + 1;
    return new OpenLoop(cloud.http(), one -> request.apply(first + one)).run(rate, seconds);
  }

  /** As a node's desk does: one batch under way, the next one when it is stored for good. */
  private void appends(BenchmarkNodes nodes) {
    String key = "figures+" + BenchmarkNodes.newKeyspace();
    String entity = "ledger/" + JsonBytes.sha256(key).substring(0, 32);
    long count = 0;
    long began = System.nanoTime();
    while (System.nanoTime() - began < options.measured().toNanos()) {
      List<String> leaves = new ArrayList<>();
      for (int i = 0; i < LEAVES; i++) {
        leaves.add(Base64.getEncoder().encodeToString(LedgerMain.entry(count++).toBytes()));
      }
      var answer =
          nodes
              .first()
              .entities()
              .ask(entity, Request.of(new LedgerCommand.Append(key, 0, leaves), Actor.platform()))
              .toCompletableFuture()
              .join();
      if (!answer.accepted()) {
        throw new IllegalStateException(answer.refusal().toString());
      }
    }
    report.say(
        "  entries into the order of a ledger, %d at a time: %,.0f/s",
        LEAVES, count * 1e9 / (System.nanoTime() - began));
  }

  private void suspensions(ExchangeCloud cloud) throws InterruptedException {
    List<Long> micros = new ArrayList<>();
    for (int i = 0; i < SUSPENSIONS; i++) {
      until(cloud, i + "-on", 200);
      Thread.sleep((SETTLE_MILLIS + 37L * i) % 1_000);
      cloud.hold(true);
      long began = System.nanoTime();
      until(cloud, i + "-off", 403);
      micros.add((System.nanoTime() - began) / 1000);
      cloud.hold(false);
    }
    List<Long> sorted = micros.stream().sorted().toList();
    report.say(
        "  from an acknowledged suspension to refusal on all %d nodes, %d times:"
            + " p50 %.0f ms, p99 %.0f ms",
        cloud.nodes(),
        SUSPENSIONS,
        Report.percentile(sorted, 0.5) / 1000.0,
        Report.percentile(sorted, 0.99) / 1000.0);
  }

  /** Asks each node, all at the same time, until it answers so. */
  private void until(ExchangeCloud cloud, String name, int status) {
    List<CompletableFuture<?>> nodes = new ArrayList<>();
    for (int node = 0; node < cloud.nodes(); node++) {
      int at = node;
      nodes.add(CompletableFuture.runAsync(() -> ask(cloud, at, name, status)));
    }
    CompletableFuture.allOf(nodes.toArray(CompletableFuture<?>[]::new)).join();
  }

  private static void ask(ExchangeCloud cloud, int node, String name, int status) {
    try {
      for (int i = 0; ; i++) {
        var message = "%s-%d-%d".formatted(name, node, i);
        var answer =
            cloud.http().send(cloud.query(node, message), HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() == status) {
          return;
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
