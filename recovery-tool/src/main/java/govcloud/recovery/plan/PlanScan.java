package govcloud.recovery.plan;

import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.HybridClock;
import govcloud.protobuf.journal.CodecException;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Segment;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads everything that a recovery would read and writes nothing. So it also shows that every
 * segment can be opened.
 */
public final class PlanScan {
  private final Replica replica;
  private final RecoveryPoint latest;
  private final Optional<Cut> cut;
  private final Map<Integer, Long> cutSegments = new HashMap<>();
  private final PlanTally tally = new PlanTally();
  private final AtomicLong done = new AtomicLong();
  private final long segments;

  /**
   * A scan.
   *
   * @param latest everything that the sibling has
   * @param cut what counts behind it would be lost; empty: nothing is known to be
   */
  public PlanScan(Replica replica, RecoveryPoint latest, Optional<Cut> cut) {
    this.replica = replica;
    this.latest = latest;
    this.cut = cut;
    cut.ifPresent(
        of -> {
          for (CutSlice slice : of.statement().getSliceList()) {
            cutSegments.put(slice.getSlice(), slice.getSegment());
          }
        });
    this.segments = latest.lastSegments().values().stream().mapToLong(n -> n).sum();
  }

  /** Share of the segments that are read, 0 to 1; may be asked by any thread. */
  public double share() {
    return segments == 0 ? 1 : (double) done.get() / segments;
  }

  /**
   * Reads everything.
   *
   * @param threads slices that are read at the same time
   * @throws RecoveryException when a segment is missing, damaged or cannot be opened
   */
  public RecoveryPlan run(int threads) throws RecoveryException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      latest
          .lastSegments()
          .forEach((slice, last) -> running.add(executor.submit(() -> read(slice, last))));
      for (Future<?> slice : running) {
        slice.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RecoveryException known
          ? known
          : new RecoveryException(Code.RECOVERY_ARCHIVE_DAMAGED, e.getCause().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecoveryException(Code.RECOVERY_INTERRUPTED, "ended while planning", e);
    } finally {
      executor.shutdownNow();
    }
    return new RecoveryPlan(
        cut.map(of -> "cut-" + of.statement().getNumber()).orElse("latest"),
        cut.map(of -> OptionalLong.of(of.statement().getNumber())).orElse(OptionalLong.empty()),
        cut.map(of -> at(of.statement().getClosedClock())),
        at(tally.highestClock()),
        tally.plans(),
        tally.bytes());
  }

  private static Instant at(long clock) {
    return Instant.ofEpochMilli(HybridClock.millisOf(clock));
  }

  private Void read(int slice, long last) throws RecoveryException {
    try (KeyedArchive archive = replica.open()) {
      for (long number = 1; number <= last; number++) {
        Optional<Segment> segment = archive.segment(slice, number);
        if (segment.isEmpty()) {
          throw damaged(slice, number, "missing (expected: there)", null);
        }
        read(archive, segment.get(), number > cutSegments.getOrDefault(slice, 0L));
        done.incrementAndGet();
      }
      return null;
    } catch (ArchiveStoreException | DamagedReplicaException | KeyException e) {
      throw new RecoveryException(Code.RECOVERY_ARCHIVE_DAMAGED, e.getMessage(), e);
    }
  }

  private void read(KeyedArchive archive, Segment segment, boolean behindCut)
      throws RecoveryException, DamagedReplicaException, KeyException {
    try {
      tally.add(
          archive.reader(segment).batches(segment), segment.size(), cut.isPresent() && behindCut);
    } catch (InvalidProtocolBufferException | CodecException e) {
      throw damaged(
          segment.statement().getSlice(), segment.statement().getNumber(), e.getMessage(), e);
    }
  }

  private static RecoveryException damaged(int slice, long number, String detail, Exception cause) {
    return new RecoveryException(
        Code.RECOVERY_ARCHIVE_DAMAGED,
        ArchiveName.segment(slice, number).text() + ": " + detail,
        cause);
  }
}
