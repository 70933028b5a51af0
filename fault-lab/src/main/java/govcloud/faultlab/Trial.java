package govcloud.faultlab;

import com.datastax.oss.driver.api.core.DriverException;
import govcloud.faultlab.checker.Checker;
import govcloud.faultlab.checker.LogRow;
import govcloud.faultlab.checker.RawTables;
import govcloud.faultlab.checker.Report;
import govcloud.faultlab.checker.Sequencer;
import govcloud.faultlab.checker.SiblingCopy;
import govcloud.faultlab.checker.StoredCloud;
import govcloud.faultlab.checker.Violation;
import govcloud.faultlab.cloud.Cloud;
import govcloud.faultlab.cloud.Installation;
import govcloud.faultlab.history.Recorder;
import govcloud.faultlab.load.Api;
import govcloud.faultlab.load.Departments;
import govcloud.faultlab.load.Load;
import govcloud.faultlab.nemesis.FaultKind;
import govcloud.faultlab.nemesis.Nemesis;
import govcloud.faultlab.nemesis.Schedule;
import govcloud.faultlab.replica.ReplicaWatch;
import govcloud.faultlab.replica.SiblingArchive;
import govcloud.localcassandra.LocalCassandra;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One run from an empty machine to a verdict. Only inside a sandbox. */
final class Trial {

  private static final Duration START = Duration.ofMinutes(10);
  private static final Duration CALM = Duration.ofSeconds(4);
  private static final int SEQUENCER_ATTEMPTS = 5;
  private static final Duration VIEWS = Duration.ofSeconds(90);

  private final TrialSettings settings;
  private final Clock clock;
  private final Consumer<String> log;
  private final Cloud cloud;
  private final Api api;
  private final Recorder recorder;
  private final SiblingArchive replica;
  private final ReplicaWatch watch;
  private final List<String> late = new ArrayList<>();
  private final Optional<ExchangeTrial> exchanges;
  private List<Violation> ofLedger = List.of();
  private Load load;
  private final long begin = Recorder.now();

  /**
   * Prepares everything; starts nothing.
   *
   * @param random for keys
   */
  Trial(TrialSettings settings, Clock clock, SecureRandom random, Consumer<String> log)
      throws IOException, KeyException, ArchiveStoreException {
    this.settings = settings;
    this.clock = clock;
    this.log = message -> log.accept("%6.1f s  %s".formatted(seconds(), message));
    int spare = settings.kinds().contains(FaultKind.JOIN_STORM) ? 2 : 0;
    boolean clocks =
        settings.kinds().contains(FaultKind.NODE_CLOCK)
            || settings.kinds().contains(FaultKind.CASSANDRA_CLOCK)
            || settings.kinds().contains(FaultKind.SIBLING_CLOCK);
    boolean asks = settings.kinds().stream().anyMatch(FaultKind::needsExchanges);
    this.cloud = new Cloud(Installation.find(), settings.folder(), spare, clocks, asks, random);
    this.api = new Api(cloud::url, cloud.token());
    this.exchanges =
        cloud.ledgers().map(known -> new ExchangeTrial(cloud, known, api, settings, this.log));
    this.recorder = new Recorder(settings.folder().resolve("history.jsonl"));
    this.replica = new SiblingArchive(cloud.home(), cloud.sibling());
    this.watch = new ReplicaWatch(replica::next, Set.of(Departments.ZERO_LOSS));
  }

  private double seconds() {
    return (Recorder.now() - begin) / 1e9;
  }

  Report run() throws Exception {
    try (recorder) {
      log.accept("starting a cloud of three nodes on three Cassandras, and its sibling");
      cloud.start();
      log.accept("Cassandra is up");
      await("all nodes ready", START, this::allReady);
      log.accept("all nodes are ready");
      try (RawTables tables = tables()) {
        return judged(tables);
      }
    } finally {
      keepLogs();
    }
  }

  /** A verdict is not lost because a log is. */
  private void keepLogs() {
    try {
      cloud.keepLogs();
    } catch (IOException | RuntimeException e) {
      log.accept("logs are not kept: " + e);
    }
  }

  /** Judged is also what a trial leaves that broke off because something never answered. */
  private Report judged(RawTables tables)
      throws IOException, InterruptedException, ArchiveStoreException {
    Optional<String> broken = Optional.empty();
    try {
      work(tables);
    } catch (IOException | RuntimeException e) {
      if (load == null) {
        throw e;
      }
      broken = Optional.of("the trial broke off: " + e.getMessage());
      log.accept(broken.get());
      exchanges.ifPresent(ExchangeTrial::giveUp);
      load.giveUp();
    }
    StoredCloud stored;
    try {
      stored = awaitViews(tables);
    } catch (DriverException e) {
      return Report.brokenOff(broken.orElse("") + " Cassandra gives no answer at the end: " + e);
    }
    keep(stored);
    if (broken.isEmpty()) {
      awaitSibling("the end", ends(stored));
    }
    SiblingCopy copy = copy(stored);
    log.accept("the sibling has %d batches".formatted(copy.log().size()));
    Report report = new Checker(settings.recoveryBound()).check(recorder.history(), stored, copy);
    for (Violation found : ofLedger) {
      report = report.with(found);
    }
    Report whole = report;
    return broken
        .map(why -> whole.with(new Violation(Violation.Invariant.I13_LIVENESS, why)))
        .orElse(whole);
  }

  /** An archive that cannot be opened is one finding, not one for each row that is not seen. */
  private SiblingCopy copy(StoredCloud stored) throws ArchiveStoreException {
    List<String> findings = new ArrayList<>(replica.findings());
    List<LogRow> rows;
    try {
      rows = replica.log();
    } catch (ArchiveStoreException | DamagedReplicaException | KeyException e) {
      findings.add("the archive cannot be opened: " + e);
      rows = stored.log();
    }
    return new SiblingCopy(findings, rows, watch.there(), late);
  }

  private void work(RawTables tables) throws IOException, InterruptedException {
    new Departments(api, cloud.nodeNames()).open();
    load =
        new Load(
            api,
            recorder,
            watch,
            cloud.nodeNames(),
            settings.cases(),
            settings.pauseMillis(),
            settings.seed());
    load.start();
    exchanges.ifPresent(ExchangeTrial::start);
    log.accept("clients are at work");
    Thread.sleep(CALM.toMillis());
    rounds(
        new Nemesis(cloud, recorder, host -> beside(tables, host), () -> sequencer(tables), log));
    load.stop();
    await("all nodes ready", START, this::allReady);
    load.lastReads();
    if (exchanges.isPresent()) {
      ofLedger = exchanges.get().judge();
    }
    log.accept("clients have ended; waiting for the views and the sibling");
  }

  private void rounds(Nemesis nemesis) throws IOException, InterruptedException {
    Set<FaultKind> kinds = EnumSet.copyOf(Nemesis.possible(cloud));
    kinds.retainAll(settings.kinds());
    Schedule schedule =
        Schedule.random(settings.seed(), settings.rounds(), kinds, Nemesis.targets(cloud));
    Files.writeString(settings.folder().resolve("schedule.txt"), schedule.text());
    long first = Recorder.now();
    for (int i = 0; i < schedule.rounds().size(); i++) {
      if (Recorder.now() - first > settings.time().toNanos()) {
        return;
      }
      nemesis.round(schedule.rounds().get(i));
      long healed = Recorder.now();
      Map<Integer, Long> acknowledged = watch.acknowledged();
      await("an answer of every case", START, () -> load.allAnsweredSince(healed));
      await(
          "an exchange of every clerk",
          START,
          () -> exchanges.stream().allMatch(one -> one.allAnsweredSince(healed)));
      log.accept(
          "all cases answer %.1f s after the round".formatted((Recorder.now() - healed) / 1e9));
      awaitSibling("round " + (i + 1), acknowledged);
      await("all nodes ready", START, this::allReady);
      Thread.sleep(CALM.toMillis());
    }
  }

  private boolean allReady() {
    return cloud.servingNames().stream().allMatch(node -> api.isFine(cloud.health(node)));
  }

  private static Map<Integer, Long> ends(StoredCloud stored) {
    Map<Integer, Long> ends = new TreeMap<>();
    stored.log().forEach(row -> ends.merge(row.slice(), row.offset(), Math::max));
    return ends;
  }

  /** The sibling catches up by itself; what does not come in time is a broken promise. */
  private void awaitSibling(String when, Map<Integer, Long> ends) throws InterruptedException {
    long begin = Recorder.now();
    Map<Integer, String> still = watch.missing(ends);
    while (!still.isEmpty() && Recorder.now() - begin < settings.recoveryBound().toNanos()) {
      Thread.sleep(200);
      still = watch.missing(ends);
    }
    if (!still.isEmpty()) {
      late.add(
          "after %s not within %d s: %s"
              .formatted(when, settings.recoveryBound().toSeconds(), still));
    }
    log.accept(
        "after %s the sibling %s after %.1f s"
            .formatted(
                when,
                still.isEmpty() ? "had everything" : "lacks " + still,
                (Recorder.now() - begin) / 1e9));
  }

  /** Tried again: with two Cassandras of three away nobody can tell. */
  private String sequencer(RawTables tables) {
    for (int i = 1; ; i++) {
      try {
        return Sequencer.host(tables.log()).map(cloud::nodeAt).orElseThrow();
      } catch (DriverException e) {
        if (i == SEQUENCER_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private long beside(RawTables tables, String host) {
    long shown = cloud.servingNames().contains(host) ? api.clock(host) : tables.clock(host(host));
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

  /** What never comes ends the work; it is judged all the same. */
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
