package govcloud.replication.store;

import govcloud.replication.archive.ArchiveStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Objects below a prefix of a bucket, read in runs. */
record S3Runs(S3Client client, String bucket, String prefix) {

  /** Bytes of an object; empty if it is not there. */
  OptionalLong length(String name) throws ArchiveStoreException {
    try {
      return OptionalLong.of(
          client.headObject(request -> request.bucket(bucket).key(prefix + name)).contentLength());
    } catch (NoSuchKeyException e) {
      return OptionalLong.empty();
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(name, e);
    }
  }

  /** A run of an object's bytes, if it is there. */
  Optional<InputStream> read(String name, long from, long to) throws ArchiveStoreException {
    try {
      return Optional.of(
          client.getObject(
              request ->
                  request
                      .bucket(bucket)
                      .key(prefix + name)
                      .range("bytes=" + from + "-" + (to - 1))));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(name, e);
    }
  }

  private static ArchiveStoreException unavailable(String name, Exception cause) {
    return ArchiveStoreException.of(name, new IOException(cause.getMessage(), cause));
  }
}
