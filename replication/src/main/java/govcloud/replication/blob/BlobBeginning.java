package govcloud.replication.blob;

import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.PartKey;
import govcloud.replication.statement.DamagedReplicaException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Header and first chunk of a stored blob that has the length it must have. */
final class BlobBeginning {
  private static final int MOST = BlobHeader.LONGEST + PartKey.CHUNK + PartKey.TAG;

  private final BlobHeader header;
  private final byte[] bytes;

  private BlobBeginning(BlobHeader header, byte[] bytes) {
    this.header = header;
    this.bytes = bytes;
  }

  /** The header. */
  BlobHeader header() {
    return header;
  }

  /** The stored bytes from the first one on, at least to the end of the first chunk. */
  byte[] bytes() {
    return bytes;
  }

  /** Reads it, if the blob is there. */
  static Optional<BlobBeginning> read(BlobStore store, BlobAddress address)
      throws ArchiveStoreException, DamagedReplicaException {
    OptionalLong length = store.length(address);
    if (length.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = beginning(store, address, length.getAsLong());
    BlobHeader header = BlobHeader.read(address.name(), bytes);
    header.requireLength(address.name(), length.getAsLong());
    return Optional.of(new BlobBeginning(header, bytes));
  }

  private static byte[] beginning(BlobStore store, BlobAddress address, long length)
      throws ArchiveStoreException {
    if (length == 0) {
      return new byte[0];
    }
    Optional<InputStream> found = store.read(address, 0, Math.min(length, MOST));
    try (InputStream in = found.orElseGet(InputStream::nullInputStream)) {
      return in.readNBytes(MOST);
    } catch (IOException e) {
      throw ArchiveStoreException.of(address.name(), e);
    }
  }
}
