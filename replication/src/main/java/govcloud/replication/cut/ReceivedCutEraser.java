package govcloud.replication.cut;

import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Erasure;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.util.Optional;

/**
 * Deletes cuts that another cloud sent, with what they made needless. That cloud must have said in
 * a cut that was countersigned here that they go, and this cloud's own time-lock must be over; that
 * two people of this cloud agreed is for the caller to know. Blocks.
 */
public final class ReceivedCutEraser {
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final CutLock lock;
  private final Retirement retirement;

  /**
   * An eraser of what one cloud sent.
   *
   * @param lock this cloud's time-lock
   */
  public ReceivedCutEraser(ArchiveStore store, Erasure erasure, ReplicaTrust trust, CutLock lock) {
    this.store = store;
    this.trust = trust;
    this.lock = lock;
    this.retirement = new Retirement(store, erasure, trust);
  }

  /** Up to which number the cloud that sent them says that cuts go; 0: none. */
  public long released() throws ArchiveStoreException, DamagedReplicaException {
    return countersigned().map(cut -> cut.deletion().last()).orElse(0L);
  }

  /**
   * Deletes a cut and all before it; again changes nothing.
   *
   * @return false where that may not be yet, and nothing was deleted
   */
  public boolean erase(long last) throws ArchiveStoreException, DamagedReplicaException {
    Optional<Cut> newest = countersigned();
    if (newest.isEmpty()
        || newest.get().deletion().last() < last
        || lock.lockedUntil(last).isPresent()) {
      return false;
    }
    retirement.run(last, newest.get().beginning());
    return true;
  }

  private Optional<Cut> countersigned() throws ArchiveStoreException, DamagedReplicaException {
    Optional<ArchiveName> newest = store.last(StatementKind.COUNTERSIGNATURE, 0);
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    ArchiveName name = ArchiveName.cut(newest.get().number());
    return Optional.of(Cut.verify(name, store.read(name).orElseThrow(), trust));
  }
}
