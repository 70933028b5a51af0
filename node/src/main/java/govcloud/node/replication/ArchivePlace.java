package govcloud.node.replication;

import govcloud.replication.archive.ArchiveRuns;
import govcloud.replication.archive.ArchiveSize;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Erasure;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.store.Bucket;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import govcloud.replication.store.S3ArchiveStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An archive as settings place it, open: in a folder, or in a bucket.
 *
 * @param store replica files
 * @param runs the same in runs
 * @param size how much they are
 * @param erasure the way out of it
 * @param blobs attachments
 * @param name for logs
 */
record ArchivePlace(
    ArchiveStore store,
    ArchiveRuns runs,
    ArchiveSize size,
    Erasure erasure,
    BlobStore blobs,
    String name) {

  /** Bytes of everything that is in it; looks at every name, so it may take minutes. */
  long bytes() throws ArchiveStoreException {
    LongAdder bytes = new LongAdder();
    bytes.add(size.bytes());
    blobs.list(blob -> bytes.add(blob.length()));
    return bytes.sum();
  }

  /**
   * Opens an archive; a bucket is not connected to yet.
   *
   * @param key which archive, such as {@code archive}
   * @param folder where it is, or what is under way if there is a bucket
   * @throws IllegalArgumentException when it cannot be used, beginning with the setting's name
   */
  static ArchivePlace open(String key, Path folder, Optional<Bucket> bucket) {
    return bucket.isPresent() ? open(key, folder, bucket.get()) : open(key, folder);
  }

  private static ArchivePlace open(String key, Path folder) {
    try {
      FileSystemArchiveStore store = FileSystemArchiveStore.open(folder);
      return new ArchivePlace(
          store, store, store, store, FileSystemBlobStore.open(folder), folder.toString());
    } catch (ArchiveStoreException e) {
      throw HomeArchive.wrong(key + "-folder", e.getMessage(), "a folder that can be written", e);
    }
  }

  /** The client lives as long as the node. */
  private static ArchivePlace open(String key, Path folder, Bucket bucket) {
    makeUnderWay(key, folder);
    try {
      S3Client client = bucket.client();
      S3ArchiveStore store = bucket.archive(client);
      return new ArchivePlace(
          store,
          store,
          store,
          store,
          bucket.blobs(client),
          "bucket " + bucket.name() + "/" + bucket.prefix());
    } catch (IOException e) {
      throw HomeArchive.wrong(
          key + "-bucket.credentials-file",
          String.valueOf(e.getMessage()),
          "credentials of the bucket",
          e);
    }
  }

  private static void makeUnderWay(String key, Path folder) {
    try {
      Files.createDirectories(folder.resolve("incoming"));
    } catch (IOException e) {
      throw HomeArchive.wrong(key + "-folder", e.toString(), "a folder that can be written", e);
    }
  }
}
