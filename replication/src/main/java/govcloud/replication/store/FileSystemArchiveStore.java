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
import govcloud.replication.keys.Shredding;
import govcloud.replication.statement.StatementKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** An archive in a folder of which every file is written once. Several processes may use it. */
public final class FileSystemArchiveStore
    implements ArchiveStore, ArchiveRuns, ArchiveSize, Erasure {
  private final WriteOnceFolder folder;

  private FileSystemArchiveStore(WriteOnceFolder folder) {
    this.folder = folder;
  }

  /**
   * The archive in a folder, which is made if it is not there.
   *
   * @throws ArchiveStoreException when the folder cannot be used
   */
  public static FileSystemArchiveStore open(Path root) throws ArchiveStoreException {
    try {
      return new FileSystemArchiveStore(WriteOnceFolder.open(root));
    } catch (IOException e) {
      throw ArchiveStoreException.of(root, e);
    }
  }

  /** Another cloud's archive: nothing in the folder is made, changed or deleted. */
  public static ReadOnlyStore readOnly(Path root) {
    return new ReadOnlyStore(new FileSystemArchiveStore(WriteOnceFolder.existing(root)));
  }

  @Override
  public Stored put(ArchiveName name, ByteString file) throws ArchiveStoreException {
    try {
      return folder.write(name.text(), channel -> write(channel, file))
          ? Stored.NEW
          : same(name, file);
    } catch (IOException e) {
      throw ArchiveStoreException.of(folder.path(name.text()), e);
    }
  }

  @Override
  public void erase(ArchiveName name) throws ArchiveStoreException {
    Path file = folder.path(name.text());
    try {
      if (name.kind() == StatementKind.VAULT) {
        Shredding.overwrite(file);
      }
      folder.forget(name.text());
      if (Files.deleteIfExists(file)) {
        WriteOnceFolder.flush(file.getParent());
      }
    } catch (IOException e) {
      throw ArchiveStoreException.of(file, e);
    }
  }

  private static void write(FileChannel channel, ByteString file) throws IOException {
    for (ByteBuffer buffer : file.asReadOnlyByteBufferList()) {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }

  private Stored same(ArchiveName name, ByteString file) throws IOException, ArchiveStoreException {
    Path target = folder.path(name.text());
    if (Files.size(target) != file.size()
        || !ByteString.copyFrom(Files.readAllBytes(target)).equals(file)) {
      throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_CONFLICT, name.text());
    }
    folder.flushThere(name.text());
    return Stored.ALREADY_THERE;
  }

  @Override
  public Optional<byte[]> read(ArchiveName name) throws ArchiveStoreException {
    Path file = folder.path(name.text());
    try {
      if (Files.size(file) > ReplicaLimits.FILE) {
        throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_TOO_LARGE, name.text());
      }
      Optional<byte[]> bytes = Optional.of(Files.readAllBytes(file));
      folder.settle(name.text(), Instant.now());
      return bytes;
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw ArchiveStoreException.of(file, e);
    }
  }

  @Override
  public OptionalLong length(ArchiveName name) throws ArchiveStoreException {
    return folder.length(name.text());
  }

  @Override
  public Optional<InputStream> read(ArchiveName name, long from, long to)
      throws ArchiveStoreException {
    try {
      folder.settle(name.text(), Instant.now());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw ArchiveStoreException.of(folder.path(name.text()), e);
    }
    return folder.read(name.text(), from, to);
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
    for (StatementKind kind : StatementKind.values()) {
      for (ArchiveName name : list(kind)) {
        bytes += size(folder.path(name.text()));
      }
    }
    return bytes;
  }

  private static long size(Path file) throws ArchiveStoreException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw ArchiveStoreException.of(file, e);
    }
  }

  private List<ArchiveName> list(StatementKind kind, String name) throws ArchiveStoreException {
    Path root = folder.path("");
    Path start = folder.path(name);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(start)) {
      return files
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .flatMap(text -> ArchiveName.parse(text).stream())
          .filter(found -> found.kind() == kind)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw ArchiveStoreException.of(start, e);
    }
  }
}
