package govcloud.replication.receiving;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyDefect;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.TrustedKeys;

/** Takes in the statements about a sibling's further signing keys. Blocks; one call at a time. */
public final class KeyReceiver {
  private final ArchiveStore store;
  private final KeySuccession succession;
  private final TrustedKeys trusted;

  /**
   * A receiver of one cloud's keys.
   *
   * @param store archive of that cloud's files alone
   * @param trusted to which a new key is added
   */
  public KeyReceiver(ArchiveStore store, KeySuccession succession, TrustedKeys trusted) {
    this.store = store;
    this.succession = succession;
    this.trusted = trusted;
  }

  /**
   * Trusts a key for which the one before vouches, and keeps its statement. The same one again
   * changes nothing.
   *
   * @throws DamagedReplicaException {@code REPLICA_GAP} where the key before is not known here,
   *     {@code REPLICA_SIGNER_UNKNOWN} where it has not signed, or another key has the number
   * @throws ArchiveStoreException when it cannot be kept: nothing is promised
   */
  public synchronized void key(ArchiveName name, byte[] file)
      throws DamagedReplicaException, ArchiveStoreException {
    ByteString statement = UnsafeByteOperations.unsafeWrap(file);
    try {
      int known = succession.known();
      if (name.number() > known + 1) {
        throw refused(
            ReplicaDefect.REPLICA_GAP,
            name,
            "the last one here is " + known + " (expected: " + (known + 1) + ")");
      }
      succession.learn(Math.toIntExact(name.number()), statement);
      trusted.replace(succession.trusted());
    } catch (KeyException e) {
      if (e.defect() == KeyDefect.KEY_STATEMENT_WRONG) {
        throw refused(ReplicaDefect.REPLICA_SIGNER_UNKNOWN, name, e.getMessage());
      }
      throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_UNAVAILABLE, e.getMessage(), e);
    }
    store.put(name, statement);
  }

  private static DamagedReplicaException refused(
      ReplicaDefect defect, ArchiveName name, String detail) {
    return new DamagedReplicaException(Finding.of(defect, name.text(), detail));
  }
}
