package govcloud.replication.blob;

import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.SealingEpoch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Content on its way into the archive. Nothing is left of it if it is closed before it was kept.
 * Not for several threads at the same time.
 */
public final class BlobUpload implements AutoCloseable {
  private final BlobStore store;
  private final KeyFolder keys;
  private final SealingEpoch sealing;
  private final Path folder;
  private final Spool spool;
  private final String mediaType;
  private final int contentAt;

  BlobUpload(
      BlobStore store,
      KeyFolder keys,
      SealingEpoch sealing,
      Path folder,
      SecureRandom random,
      String mediaType)
      throws ArchiveStoreException {
    this.store = store;
    this.keys = keys;
    this.sealing = sealing;
    this.folder = folder;
    this.mediaType = mediaType;
    byte[] type = mediaType.getBytes(StandardCharsets.US_ASCII);
    this.contentAt = 1 + type.length;
    if (type.length == 0 || type.length > BlobContent.LONGEST_TYPE) {
      throw new IllegalArgumentException(
          "media type: " + mediaType + " (expected: 1 to 255 bytes)");
    }
    try {
      this.spool = new Spool(folder, random);
      spool.write(new byte[] {(byte) type.length}, 0, 1);
      spool.write(type, 0, type.length);
    } catch (IOException e) {
      throw ArchiveStoreException.of(folder, e);
    }
  }

  /**
   * Adds content.
   *
   * @throws ArchiveStoreException with {@code ARCHIVE_FULL}, or when it cannot be put aside
   */
  public void write(byte[] bytes, int from, int length) throws ArchiveStoreException {
    try {
      spool.write(bytes, from, length);
    } catch (IOException e) {
      throw ArchiveStoreException.of(folder, e);
    }
  }

  /** Bytes of content so far. */
  public long length() {
    return spool.length() - contentAt;
  }

  /**
   * Ends the content and keeps it for a tenant. The same content has the same address while the
   * epoch lasts.
   *
   * @throws ArchiveStoreException when the store does not keep it
   * @throws KeyException when the cloud's keys cannot be read
   */
  public KeptBlob keep(String tenant) throws ArchiveStoreException, KeyException {
    try (EpochKeys epoch = sealing.open()) {
      spool.finish();
      SealedBlob sealed = new SealedBlob(spool, epoch, keys.recovery().cloud(), tenant);
      BlobAddress address = sealed.address();
      store.put(address, sealed);
      return new KeptBlob(address, mediaType, length());
    } catch (IOException e) {
      throw ArchiveStoreException.of(folder, e);
    }
  }

  @Override
  public void close() {
    try {
      spool.close();
    } catch (IOException ignored) {
      // The file has no name any more; there is nothing left to do about it.
    }
  }
}
