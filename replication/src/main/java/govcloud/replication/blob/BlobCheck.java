package govcloud.replication.blob;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.keys.PartKey;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.ReplicaHash;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Checks stored blobs without any key, as a sibling or an auditor does. */
public final class BlobCheck {

  private BlobCheck() {}

  /**
   * What is wrong with a blob that must be there; empty if nothing is.
   *
   * @param trust names the cloud whose it must be
   * @throws ArchiveStoreException when the store does not work
   */
  public static Optional<Finding> verify(BlobStore store, BlobAddress address, ReplicaTrust trust)
      throws ArchiveStoreException {
    try {
      Optional<BlobBeginning> found = BlobBeginning.read(store, address);
      if (found.isEmpty()) {
        return whole(ReplicaDefect.REPLICA_MISSING, address, "no such blob");
      }
      found.get().header().requireTrusted(address.name(), trust);
      ByteString hash = hash(store, address, found.get().header().blobLength());
      return hash.equals(address.hash())
          ? Optional.empty()
          : whole(ReplicaDefect.REPLICA_MISPLACED, address, "it is " + ReplicaHash.hex(hash));
    } catch (DamagedReplicaException e) {
      return Optional.of(e.finding());
    }
  }

  private static Optional<Finding> whole(ReplicaDefect defect, BlobAddress address, String detail) {
    return Optional.of(Finding.of(defect, address.name(), detail));
  }

  private static ByteString hash(BlobStore store, BlobAddress address, long length)
      throws ArchiveStoreException {
    MessageDigest digest = ReplicaHash.sha256();
    byte[] buffer = new byte[PartKey.CHUNK];
    Optional<InputStream> found = store.read(address, 0, length);
    try (InputStream in = found.orElseGet(InputStream::nullInputStream)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return ByteString.copyFrom(digest.digest());
    } catch (IOException e) {
      throw ArchiveStoreException.of(address.name(), e);
    }
  }
}
