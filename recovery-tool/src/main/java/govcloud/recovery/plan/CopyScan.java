package govcloud.recovery.plan;

import govcloud.journal.core.Entry;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.Together;
import govcloud.recovery.replica.DepartmentRecords;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.RecoveryPoint.Copied;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.Segment;
import govcloud.replication.cut.KeyedArchive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/** Reads what a copy of one department would read, opens its parts alone, and writes nothing. */
public final class CopyScan {
  private final Replica replica;
  private final RecoveryPoint point;
  private final Copied copied;
  private final Map<Integer, Long> cutSegments = new HashMap<>();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong entities = new AtomicLong();
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong afterCut = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * A scan.
   *
   * @param point of one department
   */
  public CopyScan(Replica replica, RecoveryPoint point) {
    this.replica = replica;
    this.point = point;
    this.copied = point.copied().orElseThrow();
    point
        .cut()
        .ifPresent(
            cut -> {
              for (CutSlice slice : cut.statement().getSliceList()) {
                cutSegments.put(slice.getSlice(), slice.getSegment());
              }
            });
  }

  /** Share of the segments that are read, 0 to 1; may be asked by any thread. */
  public double share() {
    long all = point.lastSegments().values().stream().mapToLong(n -> n).sum();
    return all == 0 ? 1 : (double) done.get() / all;
  }

  /**
   * Reads everything.
   *
   * @param threads slices that are read at the same time
   * @throws RecoveryException with {@code RECOVERY_TENANT_UNKNOWN} where it has no record
   */
  public CopyPlan run(int threads) throws RecoveryException {
    List<Callable<Void>> slices = new ArrayList<>();
    point.lastSegments().forEach((slice, last) -> slices.add(() -> read(slice, last)));
    Together.run(threads, "planning", slices);
    if (records.get() == 0) {
      throw new RecoveryException(
          Code.RECOVERY_TENANT_UNKNOWN,
          "tenant %s: no record in %s (expected: one that `recover plan` lists)"
              .formatted(copied.tenant(), point.name()));
    }
    return new CopyPlan(
        copied.tenant(),
        point.name(),
        entities.get(),
        records.get(),
        point.cut().isPresent() ? afterCut.get() : 0,
        bytesRead.get(),
        bytes.get());
  }

  private Void read(int slice, long last) throws RecoveryException {
    try (KeyedArchive archive = replica.open()) {
      new DepartmentRecords(archive, slice, copied).read(last, new InSlice(slice));
    }
    return null;
  }

  private final class InSlice implements DepartmentRecords.Sink {
    private final long cutSegment;
    private long taken;

    InSlice(int slice) {
      cutSegment = cutSegments.getOrDefault(slice, 0L);
    }

    @Override
    public void take(Entry entry) {
      entities.addAndGet(entry.sequence() == 1 ? 1 : 0);
      bytes.addAndGet(entry.bytes().size());
      taken++;
    }

    @Override
    public void read(Segment segment) {
      records.addAndGet(taken);
      afterCut.addAndGet(segment.statement().getNumber() > cutSegment ? taken : 0);
      taken = 0;
      bytesRead.addAndGet(segment.size());
      done.incrementAndGet();
    }
  }
}
