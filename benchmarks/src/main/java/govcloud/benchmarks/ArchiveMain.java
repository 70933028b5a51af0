package govcloud.benchmarks;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.archive.WrittenSegment;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Segments beside the bare pipeline over the same bytes, in turn, in one thread, by its processor
 * time, so that other work on the machine changes little: of 1 MiB, with more and more tenants, and
 * of what is left of 1 MiB when it is spread over more and more slices.
 */
public final class ArchiveMain {
  private static final int MIB = 1 << 20;
  private static final int SEGMENTS = 24;
  private static final int FEW = 6;
  private static final int ROUNDS = 12;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final SigningKey key;
  private final EpochKeys keys;
  private final ReplicaTrust trust;
  private final List<List<ByteString>> log = new ArrayList<>();
  private final List<byte[]> raw = new ArrayList<>();
  private final List<WrittenSegment> written = new ArrayList<>();
  private final List<Segment> verified = new ArrayList<>();
  private long bytes;
  private long records;

  /**
   * Makes a log.
   *
   * @param segments so many of them, each of what one slice has of 1 MiB over all slices
   */
  private ArchiveMain(KeyFolder folder, int tenants, int entities, int slices, int segments)
      throws Exception {
    key = folder.signing();
    keys = folder.epoch();
    trust =
        new ReplicaTrust(
            key.cloud(),
            "sibling",
            new TrustedKeys(List.of(TrustedKey.of(key))),
            Set.of(folder.recovery().key().id()));
    ArchiveLog source = new ArchiveLog(tenants, entities);
    for (int i = 0; i < segments; i++) {
      List<ByteString> batches = source.batches(MIB / slices);
      log.add(batches);
      raw.add(ByteString.copyFrom(batches).toByteArray());
      bytes += raw.get(i).length;
      records += ArchiveLog.records(batches);
    }
  }

  /** Prints the figures; with an argument only those of growth. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("archive");
    KeyFolder keys = new KeyFolder(folder.resolve("keys"));
    KeyCeremony.init(keys, "home", folder.resolve("shares"), 2, 3, new SecureRandom());
    if (arguments.length == 0) {
      new ArchiveMain(keys, 10, 1_000, 1, SEGMENTS).run("10 tenants, 1,000 busy entities");
      new ArchiveMain(keys, 100, 100_000, 1, SEGMENTS).run("100 tenants, 100,000 entities");
    }
    for (int tenants : new int[] {10, 1_000, 10_000}) {
      new ArchiveMain(keys, tenants, 20_000, 1, FEW)
          .run(tenants + " tenants, 20,000 entities, 1 slice");
    }
    for (int slices : new int[] {16, 128, 1_024}) {
      new ArchiveMain(keys, 10, 1_000, slices, FEW * Math.min(slices, 64))
          .run("10 tenants, 1,000 busy entities, 1 MiB over " + slices + " slices");
    }
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  private void run(String what) throws Exception {
    double bare = 0;
    double write = 0;
    double verify = 0;
    double open = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double first = rate(this::bare);
      double second = rate(write());
      double third = rate(this::verify);
      double fourth = rate(this::open);
      if (round >= ROUNDS / 2) {
        bare += first;
        write += second;
        verify += third;
        open += fourth;
      }
    }
    int counted = ROUNDS - ROUNDS / 2;
    long wire = written.stream().mapToLong(segment -> segment.file().size()).sum();
    double perEvent = (double) bytes / records;
    print("%s: %.0f bytes raw per event", what, perEvent);
    print("  bare pipeline    %6.0f MB/s", bare / counted);
    print(
        "  segments written %6.0f MB/s, %.0f k events/s, ratio %.2f",
        write / counted, write / counted * 1000 / perEvent, write / bare);
    print("  verified, no key %6.0f MB/s", verify / counted);
    print("  opened           %6.0f MB/s", open / counted);
    print("  on the wire      %6.0f bytes per event", (double) wire / records);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private double rate(IntConsumer work) {
    long began = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < log.size(); i++) {
      work.accept(i);
    }
    return bytes / 1e6 / ((THREADS.getCurrentThreadCpuTime() - began) / 1e9);
  }

  private void bare(int index) {
    BarePipeline.run(raw.get(index), index);
  }

  private IntConsumer write() {
    written.clear();
    verified.clear();
    SegmentWriter writer = new SegmentWriter(key, keys, BarePipeline.LEVEL);
    return index -> {
      SliceHead head = index == 0 ? SliceHead.start(0) : written.get(index - 1).head();
      try {
        written.add(writer.write(head, log.get(index)));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private void verify(int index) {
    try {
      verified.add(
          Segment.verify(
              ArchiveName.segment(0, index + 1L), written.get(index).file().toByteArray(), trust));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void open(int index) {
    try {
      if (!new SegmentReader(keys).batches(verified.get(index)).equals(log.get(index))) {
        throw new IllegalStateException("segment " + index + ": opens to another log");
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
