package govcloud.replication.blob;

import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.SealingEpoch;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/** Attachments of a cloud: sealed on their way into the archive, opened on their way out. */
public final class BlobVault {
  private final BlobStore store;
  private final KeyFolder keys;
  private final SealingEpoch sealing;
  private final Path spool;
  private final SecureRandom random;

  /**
   * A vault; nothing is touched yet.
   *
   * @param keys of the cloud, which open
   * @param sealing the epoch that seals, asked for each blob, so that a rotation is seen at once
   * @param spool a folder for content that arrives; it holds ciphertext without a name
   */
  public BlobVault(
      BlobStore store, KeyFolder keys, SealingEpoch sealing, Path spool, SecureRandom random) {
    this.store = store;
    this.keys = keys;
    this.sealing = sealing;
    this.spool = spool;
    this.random = random;
  }

  /**
   * Begins to take content in; the caller closes what is returned.
   *
   * @param mediaType 1 to 255 ASCII characters
   * @throws ArchiveStoreException when there is no room for it
   */
  public BlobUpload begin(String mediaType) throws ArchiveStoreException {
    return new BlobUpload(store, keys, sealing, spool, random, mediaType);
  }

  /**
   * A tenant's content; empty if there is none under this address, or if it is another tenant's.
   *
   * @throws ArchiveStoreException when the store does not work
   * @throws KeyException when the cloud's keys cannot be read
   * @throws DamagedReplicaException when the blob is not as it was stored
   */
  public Optional<BlobContent> find(String tenant, BlobAddress address)
      throws ArchiveStoreException, KeyException, DamagedReplicaException {
    Optional<BlobBeginning> found = BlobBeginning.read(store, address);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    BlobHeader header = found.get().header();
    try (EpochKeys epoch = epoch(address, header)) {
      return epoch.tenant(tenant).equals(header.statement().getTenant())
          ? Optional.of(BlobContent.open(store, address, found.get(), key(epoch, tenant, header)))
          : Optional.empty();
    }
  }

  private static govcloud.replication.keys.PartKey key(
      EpochKeys epoch, String tenant, BlobHeader header) {
    return epoch.blobKey(tenant, header.statement().getSalt(), header.hash());
  }

  private EpochKeys epoch(BlobAddress address, BlobHeader header)
      throws KeyException, DamagedReplicaException {
    return keys.epoch(header.statement().getGrant().getEpochKey())
        .orElseThrow(
            () ->
                new DamagedReplicaException(
                    Finding.at(
                        ReplicaDefect.REPLICA_GRANT_WRONG,
                        address.name(),
                        BlobHeader.PREFIX,
                        header.checkAt(),
                        "an epoch that this cloud has no keys of")));
  }
}
