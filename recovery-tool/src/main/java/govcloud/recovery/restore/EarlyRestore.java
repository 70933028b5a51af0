package govcloud.recovery.restore;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Entry;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.Together;
import govcloud.recovery.index.ArchiveIndex;
import govcloud.recovery.index.SliceIndex;
import govcloud.recovery.prove.EarlyProof;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Segment;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/**
 * Brings the cloud's own entities and one department back before the log of all: the end of every
 * slice's log, behind which nodes append, and their chunks, by which nodes read them. The log
 * between is restored later, while they work; nobody writes there. Killed anywhere and run again,
 * it ends with the same rows.
 */
public final class EarlyRestore {
  private final Replica replica;
  private final Target target;
  private final RecoveryPoint point;
  private final RestoreSettings settings;
  private final ArchiveIndex index;
  private final EarlyTenants early;
  private final EarlyProof proof;

  /**
   * An early restore.
   *
   * @param index of the archive up to the point
   */
  public EarlyRestore(
      Replica replica,
      Target target,
      RecoveryPoint point,
      RestoreSettings settings,
      ArchiveIndex index) {
    this.replica = replica;
    this.target = target;
    this.point = point;
    this.settings = settings;
    this.index = index;
    this.early = new EarlyTenants(target);
    this.proof =
        new EarlyProof(replica, point, target.session(), target.keyspace(), settings.threads());
  }

  /**
   * Whether there is something to do: of the log nothing is there, or an earlier run had begun with
   * this and ended before all that were chosen are served.
   *
   * @param order of the same target
   */
  public static boolean isDue(Target target, TargetTenants order) throws RecoveryException {
    EarlyTenants early = new EarlyTenants(target);
    Set<String> names = early.names();
    return names.isEmpty()
        ? !target.served() && !early.isLogBegun()
        : names.stream().anyMatch(order.served().negate());
  }

  /**
   * Writes what nodes need of every slice, and chooses who is first. Where an earlier run opened
   * the cloud's own entities, nodes work behind that end already; it is left as it is.
   *
   * @param pinned who it is; empty: the one that was pinned before, or in order
   * @throws RecoveryException with {@code RECOVERY_TENANT_UNKNOWN} where it has no records
   */
  public void begin(TargetTenants order, Optional<String> pinned) throws RecoveryException {
    order.begin(index.tenants());
    if (pinned.isPresent()) {
      order.pin(pinned.get());
    }
    early.fixEnd(point);
    if (early.names().isEmpty()) {
      List<String> departments =
          index.tenants().keySet().stream().filter(tenant -> !tenant.isEmpty()).toList();
      early.choose(departments.isEmpty() ? "" : order.next(departments));
    }
    if (!target.served()) {
      slices(this::writeEnd);
    }
  }

  /**
   * Writes and proves those that were chosen and are not served yet, the cloud's own entities
   * first.
   */
  public void run(TargetTenants order) throws RecoveryException {
    Predicate<String> served = order.served();
    for (String tenant : early.names()) {
      if (!served.test(tenant)) {
        slices((slice, found) -> write(tenant, slice, found));
        order.done(proof.prove(tenant));
      }
    }
  }

  private interface Work {
    void of(int slice, SliceIndex found)
        throws RecoveryException,
            ArchiveStoreException,
            DamagedReplicaException,
            KeyException,
            InvalidProtocolBufferException;
  }

  private void slices(Work work) throws RecoveryException {
    List<Callable<Void>> tasks = new ArrayList<>();
    index.slices().forEach((slice, found) -> tasks.add(() -> slice(work, slice, found)));
    try {
      Together.run(settings.threads(), "restoring", tasks);
    } catch (CompletionException e) {
      throw target.failed(e.getCause());
    }
  }

  private static Void slice(Work work, int slice, SliceIndex found) throws RecoveryException {
    try {
      work.of(slice, found);
      return null;
    } catch (ArchiveStoreException
        | DamagedReplicaException
        | KeyException
        | InvalidProtocolBufferException e) {
      throw new RecoveryException(
          Code.RECOVERY_ARCHIVE_DAMAGED, "slice " + slice + ": " + e.getMessage(), e);
    }
  }

  /** The last row with records and what follows: a host reads on from there. */
  private void writeEnd(int slice, SliceIndex found)
      throws RecoveryException,
          ArchiveStoreException,
          DamagedReplicaException,
          KeyException,
          InvalidProtocolBufferException {
    CqlRows rows = new CqlRows(target, settings.requests());
    long behindRecords = 0;
    try (KeyedArchive archive = replica.open()) {
      for (long number = found.tail(); number <= found.last(); number++) {
        Segment segment = segment(archive, slice, number);
        long offset = segment.statement().getFirstOffset();
        List<Batch> batches = new ArrayList<>();
        for (ByteString bytes : archive.reader(segment).batches(segment)) {
          Batch batch = Batch.parse(bytes);
          batches.add(batch);
          behindRecords = batch.entries().isEmpty() ? behindRecords : offset + batches.size();
        }
        rows.add(target.log().batches(slice, offset, batches));
      }
    }
    rows.watermark(slice, behindRecords);
  }

  private void write(String tenant, int slice, SliceIndex found)
      throws RecoveryException,
          ArchiveStoreException,
          DamagedReplicaException,
          KeyException,
          InvalidProtocolBufferException {
    CqlRows rows = new CqlRows(target, settings.requests());
    EntityWindow window = new EntityWindow(settings.chunkBytes());
    EarlyProof.InSlice signed = proof.inSlice(slice);
    BitSet numbers = found.segments(tenant);
    long cutSegment = cutSegment(slice);
    boolean behindCut = false;
    try (KeyedArchive archive = replica.open()) {
      for (int number = numbers.nextSetBit(1);
          number > 0;
          number = numbers.nextSetBit(number + 1)) {
        if (!behindCut && number > cutSegment) {
          signed.atCut();
          behindCut = true;
        }
        Segment segment = segment(archive, slice, number);
        for (ByteString record : archive.reader(segment).records(segment, tenant)) {
          Entry entry = Entry.parse(record);
          window.add(entry);
          signed.take(entry);
        }
        if (window.bytes() >= settings.windowBytes()) {
          rows.add(target.log().chunks(window.drain()));
        }
      }
    }
    if (!behindCut) {
      signed.atCut();
    }
    signed.end();
    rows.add(target.log().chunks(window.drain()));
    rows.flush();
  }

  private long cutSegment(int slice) {
    return point.cut().stream()
        .flatMap(cut -> cut.statement().getSliceList().stream())
        .filter(of -> of.getSlice() == slice)
        .mapToLong(CutSlice::getSegment)
        .findFirst()
        .orElse(0);
  }

  private static Segment segment(KeyedArchive archive, int slice, long number)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException {
    return archive
        .segment(slice, number)
        .orElseThrow(
            () ->
                new RecoveryException(
                    Code.RECOVERY_ARCHIVE_DAMAGED,
                    ArchiveName.segment(slice, number).text() + ": missing (expected: there)"));
  }
}
