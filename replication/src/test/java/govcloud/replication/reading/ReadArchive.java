package govcloud.replication.reading;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveSize;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Erasure;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.LinkIdentity;
import govcloud.replication.link.PinnedTls;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** An archive that is written in its folder and read over HTTPS. */
final class ReadArchive implements AutoCloseable {
  private static final String ORIGIN = "harbour";

  private final LinkIdentity keeper;
  private final LinkIdentity reader;
  private final LinkIdentity stranger;
  private final Path archive;
  private final ReadingServer server;

  ReadArchive(Path folder) throws Exception {
    keeper = identity(folder, "mountain");
    reader = identity(folder, "zhang");
    stranger = identity(folder, "stranger");
    archive = folder.resolve("received");
    server = new ReadingServer(archive, ORIGIN, keeper, reader.certificate());
  }

  private static LinkIdentity identity(Path folder, String name) throws Exception {
    KeyFolder keys = new KeyFolder(folder.resolve(name));
    KeyCeremony.init(keys, name, folder.resolve(name + "-shares"), 2, 2, new SecureRandom());
    return keys.link();
  }

  ReadingServer server() {
    return server;
  }

  /** Soon gives up. */
  HttpsArchive line() {
    return line(reader, keeper, ORIGIN);
  }

  /** Somebody who has no grant. */
  HttpsArchive strangersLine() {
    return line(stranger, keeper, ORIGIN);
  }

  /** Expects another server. */
  HttpsArchive lineToStranger() {
    return line(reader, stranger, ORIGIN);
  }

  /** Asks for another cloud's replica. */
  HttpsArchive lineForOtherCloud() {
    return line(reader, keeper, "valley");
  }

  private HttpsArchive line(LinkIdentity own, LinkIdentity other, String origin) {
    return new HttpsArchive(
        PinnedTls.context(own, other.certificate()),
        List.of(server.address()),
        origin,
        new Retries(Duration.ofSeconds(1), Duration.ofMillis(5), Duration.ofMillis(20), 4));
  }

  ArchiveStore files() throws ArchiveStoreException {
    return new Files(FileSystemArchiveStore.open(archive), new HttpsArchiveStore(line()));
  }

  BlobStore blobs() throws ArchiveStoreException {
    return new Blobs(FileSystemBlobStore.open(archive), new HttpsBlobStore(line()));
  }

  @Override
  public void close() {
    server.close();
  }

  private record Files(FileSystemArchiveStore there, ArchiveStore read)
      implements ArchiveStore, ArchiveSize, Erasure {
    @Override
    public Stored put(ArchiveName name, ByteString file) throws ArchiveStoreException {
      return there.put(name, file);
    }

    @Override
    public long bytes() throws ArchiveStoreException {
      return there.bytes();
    }

    @Override
    public void erase(ArchiveName name) throws ArchiveStoreException {
      there.erase(name);
    }

    @Override
    public Optional<byte[]> read(ArchiveName name) throws ArchiveStoreException {
      return read.read(name);
    }

    @Override
    public List<ArchiveName> list(StatementKind kind) throws ArchiveStoreException {
      return read.list(kind);
    }

    @Override
    public Optional<ArchiveName> last(StatementKind kind, int slice) throws ArchiveStoreException {
      return read.last(kind, slice);
    }
  }

  private record Blobs(BlobStore there, BlobStore read) implements BlobStore {
    @Override
    public ArchiveStore.Stored put(BlobAddress address, BlobSource source)
        throws ArchiveStoreException {
      return there.put(address, source);
    }

    @Override
    public OptionalLong length(BlobAddress address) throws ArchiveStoreException {
      return read.length(address);
    }

    @Override
    public Optional<InputStream> read(BlobAddress address, long from, long to)
        throws ArchiveStoreException {
      return read.read(address, from, to);
    }

    @Override
    public void list(int branch, Consumer<StoredBlob> each) throws ArchiveStoreException {
      read.list(branch, each);
    }
  }
}
