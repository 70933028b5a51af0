package govcloud.recovery.restore;

import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.Together;
import govcloud.recovery.replica.DepartmentRecords;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.RecoveryPoint.Copied;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

/**
 * Writes a lost cloud, or a copy of one department, into a keyspace: the log of every slice, and
 * the chunks of its entities. Killed anywhere and run again, here or on another machine, it goes on
 * and ends with the same rows.
 */
public final class Restore {
  private final Replica replica;
  private final Target target;
  private final RecoveryPoint point;
  private final RestoreSettings settings;
  private final RestoreProgress progress;

  /** A restore up to a point. */
  public Restore(Replica replica, Target target, RecoveryPoint point, RestoreSettings settings) {
    this.replica = replica;
    this.target = target;
    this.point = point;
    this.settings = settings;
    this.progress =
        new RestoreProgress(point.lastSegments().values().stream().mapToLong(n -> n).sum());
  }

  /** How far it is; may be asked by any thread while it runs. */
  public RestoreProgress progress() {
    return progress;
  }

  /**
   * Restores everything that is not restored yet. Where nodes work already for tenants that were
   * brought back early, what they write lies behind it.
   *
   * @return whether it went on with an earlier run
   * @throws RecoveryException with the first reason why it cannot
   */
  public boolean run() throws RecoveryException {
    boolean again = target.claim(point);
    if (target.served() && target.whole()) {
      progress.skipped(point.lastSegments().values().stream().mapToLong(n -> n).sum());
      return again;
    }
    try (RestoreWriter writer = RestoreWriter.open(target, point, settings)) {
      progress.writer(writer.name());
      runSlices(writer);
      writer.finish();
    }
    if (point.copied().isPresent()) {
      requireThere(point.copied().get().tenant());
    }
    target.reached(Target.State.RESTORED);
    return again;
  }

  private void runSlices(RestoreWriter writer) throws RecoveryException {
    Set<String> early = new EarlyTenants(target).names();
    List<Callable<Void>> slices = new ArrayList<>();
    // The longest first, so that none is left alone at the end.
    point.lastSegments().entrySet().stream()
        .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(slice -> slices.add(() -> run(slice, writer.ofSlice(), early)));
    try {
      Together.run(settings.threads(), "restoring", slices);
    } catch (CompletionException e) {
      throw target.failed(e.getCause());
    }
  }

  /**
   * The same into a keyspace that holds an earlier point of the same cloud: what is there stays,
   * and only what came since is read and written. The proof is the same afterwards, of all of it.
   *
   * @return true
   * @throws RecoveryException with {@code RECOVERY_TARGET_OTHER} where there is no earlier point,
   *     with {@code RECOVERY_TARGET_NOT_EMPTY} where nodes may have worked
   */
  public boolean advance() throws RecoveryException {
    if (target.state().equals(Optional.of(Target.State.PROVED))) {
      requireUntouched();
    }
    target.advance(point);
    return run();
  }

  /** A node that starts appends to every slice: behind what was restored there is nothing. */
  private void requireUntouched() throws RecoveryException {
    try (KeyedArchive archive = replica.open()) {
      for (int slice : point.lastSegments().keySet()) {
        long done = target.restoredSegment(slice);
        SliceHead end = SliceHead.start(slice);
        if (done > 0) {
          end = archive.segment(slice, done).orElseThrow(() -> missing(slice, done)).head();
        }
        target.requireNothingAt(slice, end.nextOffset());
      }
    } catch (ArchiveStoreException | DamagedReplicaException e) {
      throw new RecoveryException(Code.RECOVERY_ARCHIVE_DAMAGED, e.getMessage(), e);
    }
  }

  private static RecoveryException missing(int slice, long number) {
    return new RecoveryException(
        Code.RECOVERY_ARCHIVE_DAMAGED,
        ArchiveName.segment(slice, number).text() + ": missing (expected: there)");
  }

  private Void run(Map.Entry<Integer, Long> slice, RowWriter rows, Set<String> early)
      throws RecoveryException {
    if (point.copied().isPresent()) {
      copy(slice, point.copied().get(), rows);
      return null;
    }
    new SliceRestore(
            slice.getKey(), slice.getValue(), replica, target, rows, progress, settings, early)
        .run();
    return null;
  }

  private void copy(Map.Entry<Integer, Long> slice, Copied copied, RowWriter rows)
      throws RecoveryException {
    try (KeyedArchive archive = replica.open()) {
      new SliceCopy(slice.getKey(), point, target, rows, progress, settings)
          .run(new DepartmentRecords(archive, slice.getKey(), copied), slice.getValue());
    }
  }

  /** Nobody is told that a department is there of which nothing is. */
  private void requireThere(String tenant) throws RecoveryException {
    if (progress.records(tenant) == 0 && target.isEmpty()) {
      throw new RecoveryException(
          Code.RECOVERY_TENANT_UNKNOWN,
          "tenant %s: no record in %s (expected: one that `recover plan` lists)"
              .formatted(tenant, point.name()));
    }
  }
}
