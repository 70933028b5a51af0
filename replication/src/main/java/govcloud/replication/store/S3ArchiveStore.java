package govcloud.replication.store;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveRuns;
import govcloud.replication.archive.ArchiveSize;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Erasure;
import govcloud.replication.archive.ReplicaLimits;
import govcloud.replication.statement.StatementKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An archive in a bucket. A file is put on condition that its name is free ({@code If-None-Match:
 * *}), so the server itself refuses to overwrite; it must check and write in one step. How long
 * files cannot be deleted is the bucket's own setting (object lock with a default retention).
 */
public final class S3ArchiveStore implements ArchiveStore, ArchiveRuns, ArchiveSize, Erasure {
  private static final int NAME_TAKEN = 412;
  private static final int AT_THE_SAME_TIME = 409;
  private static final int TRIES = 5;

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final S3Runs runs;

  /**
   * The archive below a prefix of a bucket.
   *
   * @param client closed by its maker
   * @param prefix empty, or ends with a slash
   */
  public S3ArchiveStore(S3Client client, String bucket, String prefix) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
    this.runs = new S3Runs(client, bucket, prefix);
  }

  @Override
  public Stored put(ArchiveName name, ByteString file) throws ArchiveStoreException {
    Exception last = null;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      try {
        client.putObject(
            request -> request.bucket(bucket).key(prefix + name.text()).ifNoneMatch("*"),
            RequestBody.fromBytes(file.toByteArray()));
        return Stored.NEW;
      } catch (S3Exception e) {
        last = e;
        if (e.statusCode() == NAME_TAKEN) {
          return same(name, file);
        }
        if (e.statusCode() != AT_THE_SAME_TIME) {
          break;
        }
      } catch (SdkException | UncheckedIOException e) {
        // Whether it is there is not known; asking again settles it.
        last = e;
      }
    }
    throw unavailable(name.text(), last);
  }

  private Stored same(ArchiveName name, ByteString file) throws ArchiveStoreException {
    Optional<byte[]> there = read(name);
    if (there.isPresent() && ByteString.copyFrom(there.get()).equals(file)) {
      return Stored.ALREADY_THERE;
    }
    throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_CONFLICT, name.text());
  }

  @Override
  public Optional<byte[]> read(ArchiveName name) throws ArchiveStoreException {
    try (ResponseInputStream<GetObjectResponse> in =
        client.getObject(request -> request.bucket(bucket).key(prefix + name.text()))) {
      if (in.response().contentLength() > ReplicaLimits.FILE) {
        in.abort();
        throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_TOO_LARGE, name.text());
      }
      return Optional.of(in.readAllBytes());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException | IOException | UncheckedIOException e) {
      throw unavailable(name.text(), e);
    }
  }

  @Override
  public OptionalLong length(ArchiveName name) throws ArchiveStoreException {
    return runs.length(name.text());
  }

  @Override
  public Optional<InputStream> read(ArchiveName name, long from, long to)
      throws ArchiveStoreException {
    return runs.read(name.text(), from, to);
  }

  @Override
  public void erase(ArchiveName name) throws ArchiveStoreException {
    try {
      client.deleteObject(request -> request.bucket(bucket).key(prefix + name.text()));
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(name.text(), e);
    }
  }

  @Override
  public List<ArchiveName> list(StatementKind kind) throws ArchiveStoreException {
    return list(kind, ArchiveName.folder(kind));
  }

  @Override
  public Optional<ArchiveName> last(StatementKind kind, int slice) throws ArchiveStoreException {
    List<ArchiveName> names = list(kind, ArchiveName.folder(kind, slice));
    return names.isEmpty() ? Optional.empty() : Optional.of(names.get(names.size() - 1));
  }

  @Override
  public long bytes() throws ArchiveStoreException {
    long bytes = 0;
    // Two kinds share a folder.
    Set<String> folders =
        Arrays.stream(StatementKind.values()).map(ArchiveName::folder).collect(Collectors.toSet());
    for (String name : folders) {
      String folder = prefix + name + "/";
      try {
        bytes +=
            client
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(folder))
                .contents()
                .stream()
                .mapToLong(S3Object::size)
                .sum();
      } catch (SdkException | UncheckedIOException e) {
        throw unavailable(folder, e);
      }
    }
    return bytes;
  }

  private List<ArchiveName> list(StatementKind kind, String name) throws ArchiveStoreException {
    String folder = prefix + name + "/";
    try {
      return client
          .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(folder))
          .contents()
          .stream()
          .map(S3Object::key)
          .flatMap(key -> ArchiveName.parse(key.substring(prefix.length())).stream())
          .filter(found -> found.kind() == kind)
          .sorted()
          .toList();
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(folder, e);
    }
  }

  private static ArchiveStoreException unavailable(String what, Exception cause) {
    return new ArchiveStoreException(
        ArchiveDefect.ARCHIVE_UNAVAILABLE, what + " (" + cause.getMessage() + ")", cause);
  }
}
