package govcloud.benchmarks;

import com.google.protobuf.ByteString;
import govcloud.journal.HybridClock;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.Receipt;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What it takes to have every change at the sibling cloud, and how long that is after it was made.
 * The lag is read from the evidence: the sibling's receipts beside the clocks of the records.
 */
public final class ReplicationFigures {

  /** First parts of the names of threads that archive, ship, receive and audit. */
  private static final List<String> THREADS =
      List.of(
          "archive", "sibling-link", "receiver", "auditor", "cut", "countersigner", "HttpClient");

  private static final int WARM_UP = 20;
  private static final int SECONDS = 30;
  private static final int SETTLING = 10;
  private static final double CALM = 20;

  private final CaseLoad load;
  private final Path home;
  private final List<String> tenants;

  private ReplicationFigures(CaseLoad load, Path home, List<String> tenants) {
    this.load = load;
    this.home = home;
    this.tenants = tenants;
  }

  /**
   * Arguments: base URLs of nodes with commas; home of the cloud; the rate of an earlier run, or 0
   * for half of the peak; then departments.
   */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[1]);
    var figures =
        new ReplicationFigures(
            new CaseLoad(arguments[0], home.resolve("token")),
            home,
            List.of(arguments).subList(3, arguments.length));
    for (String tenant : figures.tenants) {
      figures.load.prepare(tenant);
    }
    figures.load.closed(figures.tenants, WARM_UP);
    double rate = Double.parseDouble(arguments[2]);
    if (rate == 0) {
      double peak = figures.load.closed(figures.tenants, WARM_UP);
      print("peak, 64 callers: %.0f accepted/s", peak);
      rate = peak / 2;
    }
    figures.halfLoad(rate);
    if (Files.exists(home.resolve("sibling"))) {
      figures.zeroLoss();
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private void halfLoad(double rate) throws Exception {
    Thread.sleep(TimeUnit.SECONDS.toMillis(SETTLING));
    double all = cpu(ReplicationFigures::cpuSeconds);
    double shipping = cpu(ReplicationFigures::shippingSeconds);
    long begin = System.currentTimeMillis();
    OpenLoop.Result result = load.open(tenants).run(rate, SECONDS);
    long end = System.currentTimeMillis();
    Thread.sleep(TimeUnit.SECONDS.toMillis(SETTLING));
    double changes = result.accepted();
    double perChange = (cpu(ReplicationFigures::cpuSeconds) - all) * 1e6 / changes;
    double shippingPerChange =
        (cpu(ReplicationFigures::shippingSeconds) - shipping) * 1e6 / changes;
    print("half load: rate %.0f, %s", rate, result);
    print(
        "  the home cloud's processor time: %.0f us per change; its replication threads %.0f us, %.1f %%",
        perChange, shippingPerChange, 100 * shippingPerChange / perChange);
    if (Files.exists(home.resolve("sibling"))) {
      lag(begin, end);
    }
  }

  private void lag(long begin, long end) throws Exception {
    KeyFolder keys = new KeyFolder(home.resolve("keys"));
    ReplicaTrust trust = trust(keys, new KeyFolder(home.resolve("sibling/keys")));
    ArchiveStore archive = FileSystemArchiveStore.open(home.resolve("archive"));
    ArchiveStore received = FileSystemArchiveStore.open(home.resolve("sibling/received"));
    var reader = new SegmentReader(keys.epoch());
    var lags = new Histogram(TimeUnit.MINUTES.toMillis(10), 3);
    long wire = 0;
    long segments = 0;
    for (ArchiveName name : archive.list(StatementKind.SEGMENT)) {
      Segment segment = Segment.verify(name, archive.read(name).orElseThrow(), trust);
      ArchiveName receiptName = ArchiveName.receipt(name.slice(), name.number());
      Receipt receipt =
          Receipt.verify(
              receiptName,
              received
                  .read(receiptName)
                  .orElseThrow(() -> new IllegalStateException(receiptName + ": missing")),
              trust);
      long before = lags.getTotalCount();
      count(reader.batches(segment), begin, end, receipt.statement().getReceivedAt(), lags);
      if (lags.getTotalCount() > before) {
        wire += segment.size();
        segments++;
      }
    }
    print(
        "  %,d records in %,d segments: lag until the receipt p50 %,d ms, p99 %,d ms, most %,d ms;"
            + " %.0f bytes on the wire per record",
        lags.getTotalCount(),
        segments,
        lags.getValueAtPercentile(50),
        lags.getValueAtPercentile(99),
        lags.getMaxValue(),
        (double) wire / lags.getTotalCount());
  }

  private static ReplicaTrust trust(KeyFolder keys, KeyFolder other) throws Exception {
    List<TrustedKey> trusted = new ArrayList<>(keys.signingKeys());
    trusted.addAll(other.signingKeys());
    return new ReplicaTrust(
        keys.recovery().cloud(),
        other.recovery().cloud(),
        new TrustedKeys(trusted),
        Set.of(keys.recovery().key().id()));
  }

  private static void count(
      List<ByteString> batches, long begin, long end, long receivedAt, Histogram lags)
      throws Exception {
    for (ByteString batch : batches) {
      for (ByteString bytes : LogBatch.parseFrom(batch).getRecordList()) {
        long made = HybridClock.millisOf(Record.parseFrom(bytes).getHybridClock());
        if (made >= begin && made <= end) {
          lags.recordValue(Math.max(0, receivedAt - made));
        }
      }
    }
  }

  /** Ordinary and zero-loss changes take turns, at a rate that nobody waits for. */
  private void zeroLoss() throws Exception {
    var header = "Govcloud-Disaster-Class";
    load.open(tenants, header, "zero_loss").run(CALM, SETTLING);
    for (int turn = 0; turn < 2; turn++) {
      print("%.0f changes/s, ordinary: %s", CALM, load.open(tenants).run(CALM, SETTLING));
      print(
          "%.0f changes/s, zero loss: %s",
          CALM, load.open(tenants, header, "zero_loss").run(CALM, SETTLING));
    }
  }

  @FunctionalInterface
  private interface Meter {
    double seconds(long pid) throws Exception;
  }

  private double cpu(Meter meter) throws Exception {
    double seconds = 0;
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      for (ProcessHandle process : processes.toList()) {
        var line = Path.of("/proc/" + process.pid() + "/cmdline");
        if (Files.isReadable(line) && isOfHome(Files.readString(line))) {
          seconds += meter.seconds(process.pid());
        }
      }
    }
    return seconds;
  }

  /**
   * Nodes and Cassandra of the home cloud, not those of the sibling, which lives in a subfolder.
   */
  private boolean isOfHome(String line) {
    return (line.contains(home + "/nodes/") || line.contains(home + "/cassandra"))
        && !line.contains(home + "/sibling");
  }

  private static double cpuSeconds(long pid) {
    return new ProcessMeter(pid).cpuSeconds();
  }

  private static double shippingSeconds(long pid) throws Exception {
    double seconds = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads.toList()) {
        String name = Files.readString(thread.resolve("comm"));
        if (THREADS.stream().anyMatch(name::startsWith)) {
          seconds += ProcessMeter.cpuSeconds(thread);
        }
      }
    }
    return seconds;
  }
}
