package govcloud.node.replication.cut;

import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.cut.CutLock;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.time.Instant;
import java.util.Optional;

/**
 * What the archive says of cuts that are to be deleted.
 *
 * @param lock the time-lock of its cuts
 * @param releases up to which number the cloud that made them lets them go
 */
public record ArchivedCuts(ArchiveStore store, CutLock lock, Releases releases)
    implements CutDeletions.Archive {

  /** Who made the cuts, and says which may go. */
  @FunctionalInterface
  public interface Releases {
    /** Number of the last that may; 0: none. */
    long last() throws ArchiveStoreException, DamagedReplicaException;
  }

  /** Cuts of this cloud's own. */
  public static ArchivedCuts own(ArchiveStore store, CutLock lock) {
    return new ArchivedCuts(store, lock, () -> Long.MAX_VALUE);
  }

  @Override
  public long released() throws ArchiveStoreException, DamagedReplicaException {
    return releases.last();
  }

  @Override
  public long newest() throws ArchiveStoreException {
    return store.last(StatementKind.CUT, 0).map(ArchiveName::number).orElse(0L);
  }

  @Override
  public boolean has(long number) throws ArchiveStoreException {
    return store.read(ArchiveName.cut(number)).isPresent();
  }

  @Override
  public Optional<Instant> lockedUntil(long number)
      throws ArchiveStoreException, DamagedReplicaException {
    return lock.lockedUntil(number);
  }
}
