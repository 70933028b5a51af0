package govcloud.replication.blob;

import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Where blobs are kept for good: each is written once, whole, under the hash of its bytes, and
 * nothing is changed or deleted through here. No blob is ever whole in memory. Safe for several
 * threads and several processes.
 */
public interface BlobStore {
  /** How many branches there are. */
  int BRANCHES = 256;

  /**
   * Keeps a blob; when this returns it survives a power cut.
   *
   * @throws ArchiveStoreException with {@code ARCHIVE_ADDRESS_WRONG} when the source gives other
   *     bytes, {@code ARCHIVE_CONFLICT} when what is there is damaged, {@code ARCHIVE_FULL}, or
   *     when the store or the source does not work; whether the blob is there is then not known
   */
  Stored put(BlobAddress address, BlobSource source) throws ArchiveStoreException;

  /**
   * How many bytes a blob has; empty if it is not there.
   *
   * @throws ArchiveStoreException when the store does not work
   */
  OptionalLong length(BlobAddress address) throws ArchiveStoreException;

  /**
   * A run of a blob's bytes as stored, not verified; the caller closes the stream.
   *
   * @param from first byte, below the blob's length
   * @param to byte behind the last one, above {@code from}; the run ends with the blob at the
   *     latest
   * @throws ArchiveStoreException when the store does not work
   */
  Optional<InputStream> read(BlobAddress address, long from, long to) throws ArchiveStoreException;

  /**
   * Names the blobs of a branch, ascending by address; half-written ones are not among them.
   *
   * @param branch first byte of their addresses, 0 to 255
   * @throws ArchiveStoreException when the store does not work
   */
  void list(int branch, Consumer<StoredBlob> each) throws ArchiveStoreException;

  /**
   * Names all blobs, ascending by address.
   *
   * @throws ArchiveStoreException when the store does not work
   */
  default void list(Consumer<StoredBlob> each) throws ArchiveStoreException {
    for (int branch = 0; branch < BRANCHES; branch++) {
      list(branch, each);
    }
  }
}
