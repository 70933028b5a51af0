package govcloud.recovery.restore;

import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.sstable.SstablesRefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The way into Cassandra that a restore takes, chosen once for all slices. */
final class RestoreWriter implements AutoCloseable {
  /** With fewer the start of another JVM costs about what files save. */
  private static final long WORTHWHILE_RECORDS = 100_000;

  /** Large files are few; what is not loaded yet is written again after a restore was killed. */
  private static final int WINDOWS_OF_SET = 16;

  private final Target target;
  private final RestoreSettings settings;
  private final Optional<SstableRows> files;
  private final String name;

  private RestoreWriter(
      Target target, RestoreSettings settings, Optional<SstableRows> files, String name) {
    this.target = target;
    this.settings = settings;
    this.files = files;
    this.name = name;
  }

  /**
   * Chooses.
   *
   * @throws RecoveryException with {@code RECOVERY_SSTABLES_REFUSED} where files are wanted and
   *     this Cassandra can take none
   */
  static RestoreWriter open(Target target, RecoveryPoint point, RestoreSettings settings)
      throws RecoveryException {
    return open(target, point, settings, WORTHWHILE_RECORDS);
  }

  /** Chooses files by itself only for so many records. */
  static RestoreWriter open(
      Target target, RecoveryPoint point, RestoreSettings settings, long worthwhile)
      throws RecoveryException {
    return switch (settings.writer()) {
      case CQL -> cql(target, settings, "CQL");
      case SSTABLE -> {
        try {
          yield files(target, settings);
        } catch (SstablesRefusedException e) {
          throw new RecoveryException(Code.RECOVERY_SSTABLES_REFUSED, e.getMessage(), e);
        }
      }
      case AUTO -> {
        if (left(point, target.restoredSegments()) < worthwhile) {
          yield cql(target, settings, "CQL");
        }
        try {
          yield files(target, settings);
        } catch (SstablesRefusedException e) {
          yield cql(target, settings, "CQL, not SSTables: " + e.getMessage());
        }
      }
    };
  }

  private static RestoreWriter cql(Target target, RestoreSettings settings, String name) {
    return new RestoreWriter(target, settings, Optional.empty(), name);
  }

  private static RestoreWriter files(Target target, RestoreSettings settings)
      throws SstablesRefusedException {
    return new RestoreWriter(
        target,
        settings,
        Optional.of(new SstableRows(target, WINDOWS_OF_SET * settings.windowBytes())),
        "SSTables");
  }

  /** About how many records are to be written; none where no cut counts them, or of a copy. */
  private static long left(RecoveryPoint point, SortedMap<Integer, Long> restored) {
    if (point.copied().isPresent()) {
      return 0;
    }
    long all = sum(point.lastSegments());
    long records = point.cut().map(cut -> cut.statement().getRecords()).orElse(0L);
    return all == 0 ? 0 : (long) ((double) records * (all - sum(restored)) / all);
  }

  private static long sum(Map<Integer, Long> segments) {
    return segments.values().stream().mapToLong(n -> n).sum();
  }

  /** For people: which, and why not the other. */
  String name() {
    return name;
  }

  /** For the thread of one slice. */
  RowWriter ofSlice() {
    return files.isPresent() ? files.get() : new CqlRows(target, settings.requests());
  }

  /** Waits until everything is durable and noted. */
  void finish() throws RecoveryException {
    if (files.isPresent()) {
      files.get().finish();
    }
  }

  @Override
  public void close() {
    files.ifPresent(SstableRows::close);
  }
}
