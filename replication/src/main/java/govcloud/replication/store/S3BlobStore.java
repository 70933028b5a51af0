package govcloud.replication.store;

import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Blobs in a bucket. A blob is put in one request on condition that its name is free; its last byte
 * is sent only when the bytes were found to be those of the address.
 */
public final class S3BlobStore implements BlobStore {
  private static final int NAME_TAKEN = 412;
  private static final int AT_THE_SAME_TIME = 409;
  private static final int NO_ROOM = 507;
  private static final int TRIES = 5;
  private static final String ANY_TYPE = "application/octet-stream";

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final S3Runs runs;

  /**
   * The blobs below a prefix of a bucket.
   *
   * @param client closed by its maker
   * @param prefix empty, or ends with a slash
   */
  public S3BlobStore(S3Client client, String bucket, String prefix) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
    this.runs = new S3Runs(client, bucket, prefix);
  }

  @Override
  public Stored put(BlobAddress address, BlobSource source) throws ArchiveStoreException {
    // Bytes are sent only where they are wanted: a server may read all before it says no.
    if (length(address).isPresent()) {
      return same(address);
    }
    Exception last = null;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      try {
        client.putObject(
            request -> request.bucket(bucket).key(prefix + address.name()).ifNoneMatch("*"),
            RequestBody.fromContentProvider(provider(address, source), source.length(), ANY_TYPE));
        return Stored.NEW;
      } catch (S3Exception e) {
        last = e;
        if (e.statusCode() == NAME_TAKEN) {
          return same(address);
        }
        if (e.statusCode() != AT_THE_SAME_TIME) {
          break;
        }
      } catch (SdkException | UncheckedIOException e) {
        requireRight(e);
        // Whether it is there is not known; asking again settles it.
        last = e;
      }
    }
    throw failed(address.name(), last);
  }

  private static ContentStreamProvider provider(BlobAddress address, BlobSource source) {
    return () -> {
      try {
        return new AddressedStream(source.open(), address, source.length());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static void requireRight(Throwable failure) throws ArchiveStoreException {
    for (Throwable why = failure; why != null; why = why.getCause()) {
      if (why instanceof AddressedStream.WrongException wrong) {
        throw wrong.told();
      }
    }
  }

  private Stored same(BlobAddress address) throws ArchiveStoreException {
    long length = length(address).orElse(0);
    Optional<InputStream> there = length == 0 ? Optional.empty() : read(address, 0, length);
    try (InputStream in = there.orElseGet(InputStream::nullInputStream)) {
      AddressedStream.check(in, address, Math.max(1, length));
      return Stored.ALREADY_THERE;
    } catch (AddressedStream.WrongException e) {
      throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_CONFLICT, address.name());
    } catch (IOException e) {
      throw failed(address.name(), e);
    }
  }

  @Override
  public OptionalLong length(BlobAddress address) throws ArchiveStoreException {
    return runs.length(address.name());
  }

  @Override
  public Optional<InputStream> read(BlobAddress address, long from, long to)
      throws ArchiveStoreException {
    return runs.read(address.name(), from, to);
  }

  @Override
  public void list(int branch, Consumer<StoredBlob> each) throws ArchiveStoreException {
    String folder = prefix + BlobAddress.folder(branch) + "/";
    try {
      client
          .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(folder))
          .contents()
          .forEach(
              object ->
                  BlobAddress.ofName(object.key().substring(prefix.length()))
                      .ifPresent(address -> each.accept(new StoredBlob(address, object.size()))));
    } catch (SdkException | UncheckedIOException e) {
      throw failed(folder, e);
    }
  }

  private static ArchiveStoreException failed(String what, Exception cause) {
    boolean full = cause instanceof S3Exception s3 && s3.statusCode() == NO_ROOM;
    return new ArchiveStoreException(
        full ? ArchiveDefect.ARCHIVE_FULL : ArchiveDefect.ARCHIVE_UNAVAILABLE,
        what + " (" + cause.getMessage() + ")",
        cause);
  }
}
