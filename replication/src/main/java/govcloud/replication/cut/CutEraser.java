package govcloud.replication.cut;

import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.Erasure;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.util.Optional;

/**
 * Deletes the cuts of which the last cut says that people agreed to it, with what they made
 * needless. Remembers nothing: what is left over is deleted the next time. Blocks.
 */
public final class CutEraser {
  private final ArchiveStore store;
  private final Retirement retirement;
  private final ReplicaTrust trust;
  private final CutLock lock;
  private final boolean hasSibling;
  private long seen;
  private long settled;

  /**
   * An eraser of a cloud's own archive.
   *
   * @param lock the time-lock, which nothing overrides
   * @param hasSibling whether the cut that names the deletion has to be countersigned first
   */
  public CutEraser(
      ArchiveStore store, Erasure erasure, ReplicaTrust trust, CutLock lock, boolean hasSibling) {
    this.store = store;
    this.retirement = new Retirement(store, erasure, trust);
    this.trust = trust;
    this.lock = lock;
    this.hasSibling = hasSibling;
  }

  /**
   * Deletes what is to be deleted.
   *
   * @return what is deleted now, this time or before; none: nothing was agreed, or it is too early
   */
  public CutDeletion erase() throws ArchiveStoreException, DamagedReplicaException {
    Optional<ArchiveName> newest = store.last(StatementKind.CUT, 0);
    if (newest.isEmpty() || newest.get().number() == settled) {
      return CutDeletion.NONE;
    }
    if (hasSibling && !isCountersigned(newest.get().number())) {
      return CutDeletion.NONE;
    }
    byte[] file = store.read(newest.get()).orElseThrow();
    Cut cut = Cut.verify(newest.get(), file, trust);
    CutDeletion deletion = cut.deletion();
    seen = newest.get().number();
    if (deletion.last() == 0) {
      settle();
      return deletion;
    }
    if (lock.lockedUntil(deletion.last()).isPresent()) {
      return CutDeletion.NONE;
    }
    retirement.run(deletion.last(), cut.beginning());
    return deletion;
  }

  /** What was deleted was told: until there is a newer cut, nothing is read or deleted. */
  public void settle() {
    settled = seen;
  }

  private boolean isCountersigned(long number) throws ArchiveStoreException {
    return store.read(ArchiveName.countersignature(number)).isPresent();
  }
}
