package govcloud.replication.cut;

import govcloud.protobuf.replica.v1.CutBlob;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import java.util.List;
import java.util.Optional;

/**
 * Goes through the attachments that a cut lists and those of a store side by side; both ascend. No
 * blob is read: each was compared with its address when it came.
 */
final class CutBlobs {
  private final Cut cut;
  private final List<CutBlob> listed;
  private int next;
  private Optional<CutBlob> missing = Optional.empty();
  private Optional<String> other = Optional.empty();

  CutBlobs(Cut cut) {
    this.cut = cut;
    this.listed = cut.statement().getBlobList();
  }

  /**
   * Refuses a cut of which an attachment is not here.
   *
   * @throws DamagedReplicaException {@code REPLICA_MISSING} with the first that is not, {@code
   *     REPLICA_MISMATCH} where one has another length
   */
  void requireIn(BlobStore store) throws ArchiveStoreException, DamagedReplicaException {
    if (!listed.isEmpty()) {
      store.list(this::take);
      passOver(listed.size());
    }
    if (other.isPresent()) {
      throw cut.mismatch(other.get());
    }
    if (missing.isPresent()) {
      throw new DamagedReplicaException(
          Finding.of(
              ReplicaDefect.REPLICA_MISSING,
              new BlobAddress(missing.get().getAddress()).name(),
              "named by the cut"));
    }
  }

  private void take(StoredBlob stored) {
    int at = next;
    while (at < listed.size() && address(at).compareTo(stored.address()) < 0) {
      at++;
    }
    passOver(at);
    if (at < listed.size() && address(at).equals(stored.address())) {
      if (listed.get(at).getLength() != stored.length() && other.isEmpty()) {
        other = Optional.of(stored.address().name() + ": " + stored.length() + " bytes here");
      }
      next++;
    }
  }

  /** Those before an index are not in the store. */
  private void passOver(int index) {
    if (index > next) {
      missing = missing.isPresent() ? missing : Optional.of(listed.get(next));
      next = index;
    }
  }

  private BlobAddress address(int index) {
    return new BlobAddress(listed.get(index).getAddress());
  }
}
