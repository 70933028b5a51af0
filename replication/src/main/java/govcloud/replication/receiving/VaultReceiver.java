package govcloud.replication.receiving;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Erasure;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.VaultCopy;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;

/**
 * Takes in the copies of a sibling's vault, which it cannot open, and keeps the newest alone: what
 * was erased at home is not kept here in an older one. Blocks; for several threads.
 */
public final class VaultReceiver {
  private final ArchiveStore store;
  private final Erasure erasure;
  private final ReplicaTrust trust;

  /**
   * A receiver of one cloud's vault.
   *
   * @param store archive of that cloud's files alone
   * @param erasure the way out of it
   */
  public VaultReceiver(ArchiveStore store, Erasure erasure, ReplicaTrust trust) {
    this.store = store;
    this.erasure = erasure;
    this.trust = trust;
  }

  /**
   * Takes in a copy in place of the one before. The same one again gets the same answer.
   *
   * @return the number of the copy that is here now, as a decimal text
   * @throws DamagedReplicaException with the first defect; {@code REPLICA_ROLLED_BACK} where a
   *     newer one is here, {@code REPLICA_FORKED} where another one has this number, {@code
   *     REPLICA_SITE_FENCED} where it comes from a site that was given up
   * @throws ArchiveStoreException when the archive does not work: the older one may still be here
   */
  public ByteString copy(ArchiveName name, byte[] file)
      throws DamagedReplicaException, ArchiveStoreException {
    VaultCopy.verify(name, file, trust);
    ByteString bytes = UnsafeByteOperations.unsafeWrap(file);
    trust.requireCurrentSite(name, bytes);
    long here = last();
    if (here > name.number()) {
      throw refused(
          ReplicaDefect.REPLICA_ROLLED_BACK, name, "here is " + here + " (expected: a higher one)");
    }
    try {
      store.put(name, bytes);
    } catch (ArchiveStoreException e) {
      if (e.defect() == ArchiveDefect.ARCHIVE_CONFLICT) {
        throw refused(ReplicaDefect.REPLICA_FORKED, name, "another one is here");
      }
      throw e;
    }
    long newest = last();
    for (ArchiveName other : store.list(StatementKind.VAULT)) {
      if (other.number() < newest) {
        erasure.erase(other);
      }
    }
    return ByteString.copyFromUtf8(Long.toString(newest));
  }

  private long last() throws ArchiveStoreException {
    return store.last(StatementKind.VAULT, 0).map(ArchiveName::number).orElse(0L);
  }

  private static DamagedReplicaException refused(
      ReplicaDefect defect, ArchiveName name, String detail) {
    return new DamagedReplicaException(Finding.of(defect, name.text(), detail));
  }
}
