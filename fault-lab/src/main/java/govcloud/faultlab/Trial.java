package govcloud.faultlab;

import govcloud.faultlab.checker.Checker;
import govcloud.faultlab.checker.RawTables;
import govcloud.faultlab.checker.Report;
import govcloud.faultlab.checker.StoredCloud;
import govcloud.faultlab.cloud.Cloud;
import govcloud.faultlab.cloud.Installation;
import govcloud.faultlab.history.Recorder;
import govcloud.faultlab.load.Api;
import govcloud.faultlab.load.Departments;
import govcloud.faultlab.load.Load;
import govcloud.faultlab.nemesis.FaultKind;
import govcloud.faultlab.nemesis.Nemesis;
import govcloud.faultlab.nemesis.Schedule;
import govcloud.localcassandra.LocalCassandra;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One run from an empty machine to a verdict. Only inside a sandbox. */
final class Trial {

  private static final Duration START = Duration.ofMinutes(10);
  private static final Duration CALM = Duration.ofSeconds(4);
  private static final Duration VIEWS = Duration.ofSeconds(90);

  private final TrialSettings settings;
  private final Clock clock;
  private final Consumer<String> log;
  private final Cloud cloud;
  private final Api api;
  private final Recorder recorder;
  private final long begin = Recorder.now();

  Trial(TrialSettings settings, Clock clock, Consumer<String> log) throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.log = message -> log.accept("%6.1f s  %s".formatted(seconds(), message));
    int spare = settings.kinds().contains(FaultKind.JOIN_STORM) ? 2 : 0;
    boolean clocks =
        settings.kinds().contains(FaultKind.NODE_CLOCK)
            || settings.kinds().contains(FaultKind.CASSANDRA_CLOCK);
    this.cloud = new Cloud(Installation.find(), settings.folder(), spare, clocks);
    this.api = new Api(cloud::url, cloud.token());
    this.recorder = new Recorder(settings.folder().resolve("history.jsonl"));
  }

  private double seconds() {
    return (Recorder.now() - begin) / 1e9;
  }

  Report run() throws IOException, InterruptedException {
    try (recorder) {
      log.accept("starting three Cassandras and three nodes");
      cloud.start();
      log.accept("Cassandra is up");
      await("all nodes ready", START, this::allReady);
      log.accept("all nodes are ready");
      try (RawTables tables = tables()) {
        StoredCloud stored = work(tables);
        keep(stored);
        return new Checker(settings.recoveryBound()).check(recorder.history(), stored);
      }
    } finally {
      cloud.keepLogs();
    }
  }

  private StoredCloud work(RawTables tables) throws IOException, InterruptedException {
    new Departments(api, cloud.nodeNames()).open();
    Load load =
        new Load(
            api,
            recorder,
            cloud.nodeNames(),
            settings.cases(),
            settings.pauseMillis(),
            settings.seed());
    load.start();
    log.accept("clients are at work");
    Thread.sleep(CALM.toMillis());
    rounds(load, new Nemesis(cloud, recorder, host -> beside(tables, host), log));
    load.stop();
    await("all nodes ready", START, this::allReady);
    load.lastReads();
    log.accept("clients have ended; waiting for the views");
    return awaitViews(tables);
  }

  private void rounds(Load load, Nemesis nemesis) throws IOException, InterruptedException {
    Set<FaultKind> kinds = EnumSet.copyOf(Nemesis.possible(cloud));
    kinds.retainAll(settings.kinds());
    Schedule schedule =
        Schedule.random(
            settings.seed(), settings.rounds(), kinds, cloud.nodeNames(), cloud.cassandraNames());
    Files.writeString(settings.folder().resolve("schedule.txt"), schedule.text());
    long first = Recorder.now();
    for (List<Schedule.Planned> round : schedule.rounds()) {
      if (Recorder.now() - first > settings.time().toNanos()) {
        return;
      }
      nemesis.round(round);
      long healed = Recorder.now();
      await("an answer of every case", START, () -> load.allAnsweredSince(healed));
      log.accept(
          "all cases answer %.1f s after the round".formatted((Recorder.now() - healed) / 1e9));
      await("all nodes ready", START, this::allReady);
      Thread.sleep(CALM.toMillis());
    }
  }

  private boolean allReady() {
    return cloud.nodeNames().stream().allMatch(node -> api.isFine(cloud.health(node)));
  }

  private long beside(RawTables tables, String host) {
    long shown = cloud.nodeNames().contains(host) ? api.clock(host) : tables.clock(host(host));
    return shown - clock.instant().getEpochSecond();
  }

  private InetSocketAddress host(String cassandra) {
    return new InetSocketAddress(cloud.cassandra(cassandra).address(), 9042);
  }

  private RawTables tables() {
    return new RawTables(
        cloud.cassandraNames().stream().map(this::host).toList(),
        LocalCassandra.DATACENTER,
        Cloud.KEYSPACE);
  }

  private StoredCloud awaitViews(RawTables tables) throws InterruptedException {
    long start = Recorder.now();
    StoredCloud stored = tables.readAll();
    while (!Checker.viewsAreComplete(stored) && Recorder.now() - start < VIEWS.toNanos()) {
      Thread.sleep(1000);
      stored = tables.readAll();
    }
    log.accept("views were complete after %.1f s".formatted((Recorder.now() - start) / 1e9));
    return stored;
  }

  private void keep(StoredCloud stored) throws IOException {
    Path file = settings.folder().resolve("stored.json.gz");
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE)) {
      stored.write(out);
    }
  }

  /** What does not come in time is seen by the checker, in its own terms. */
  private void await(String what, Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    long start = Recorder.now();
    while (!condition.getAsBoolean()) {
      if (Recorder.now() - start > patience.toNanos()) {
        throw new IllegalStateException(
            what + ": not within " + patience.toSeconds() + " s; logs are in " + settings.folder());
      }
      Thread.sleep(200);
    }
  }
}
