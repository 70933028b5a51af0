package govcloud.replication.store;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaLimits;
import govcloud.replication.statement.StatementKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An archive in a folder. A file is written whole beside its place, flushed, and linked to its
 * name, which fails if the name exists; then the folder is flushed. What a crash leaves
 * half-written is never looked at, and removed at the next start. Several processes may use one
 * folder.
 */
public final class FileSystemArchiveStore implements ArchiveStore {
  private static final String INCOMING = "incoming";
  private static final int TRIES = 3;

  private final Path root;

  private FileSystemArchiveStore(Path root) {
    this.root = root;
  }

  /**
   * The archive in a folder, which is made if it is not there.
   *
   * @throws ArchiveStoreException when the folder cannot be used
   */
  public static FileSystemArchiveStore open(Path root) throws ArchiveStoreException {
    FileSystemArchiveStore store = new FileSystemArchiveStore(root.toAbsolutePath().normalize());
    try {
      Files.createDirectories(store.root.resolve(INCOMING));
      store.removeLeftOvers();
      return store;
    } catch (IOException e) {
      throw unavailable(root, e);
    }
  }

  /** A file that nobody holds a lock on belongs to a process that has ended. */
  private void removeLeftOvers() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(INCOMING))) {
      for (Path file : files.toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock()) {
          if (lock != null) {
            Files.deleteIfExists(file);
          }
        } catch (OverlappingFileLockException | NoSuchFileException inUse) {
          // This process writes it, or its writer has just finished with it: it is no left-over.
        }
      }
    }
  }

  @Override
  public Stored put(ArchiveName name, ByteString file) throws ArchiveStoreException {
    Path target = root.resolve(name.text());
    try {
      makeFolders(target.getParent());
      for (int attempt = 1; ; attempt++) {
        try {
          return write(target, name, file);
        } catch (NoSuchFileException e) {
          // Another process that starts may have taken the incoming file for a left-over.
          if (attempt == TRIES) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw unavailable(target, e);
    }
  }

  private Stored write(Path target, ArchiveName name, ByteString file)
      throws IOException, ArchiveStoreException {
    if (Files.exists(target)) {
      return same(target, name, file);
    }
    Path incoming = Files.createTempFile(root.resolve(INCOMING), target.getFileName() + ".", "");
    try (FileChannel channel = FileChannel.open(incoming, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      for (ByteBuffer buffer : file.asReadOnlyByteBufferList()) {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      channel.force(true);
      Files.createLink(target, incoming);
      flush(target.getParent());
      return lock.isValid() ? Stored.NEW : same(target, name, file);
    } catch (FileAlreadyExistsException e) {
      return same(target, name, file);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  /** Another writer may have linked the file and not yet flushed it. */
  private static Stored same(Path target, ArchiveName name, ByteString file)
      throws IOException, ArchiveStoreException {
    if (Files.size(target) != file.size()
        || !ByteString.copyFrom(Files.readAllBytes(target)).equals(file)) {
      throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_CONFLICT, name.text());
    }
    flush(target);
    flush(target.getParent());
    return Stored.ALREADY_THERE;
  }

  private void makeFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    for (Path made = folder; !made.equals(root); made = made.getParent()) {
      flush(made.getParent());
    }
  }

  private static void flush(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public Optional<byte[]> read(ArchiveName name) throws ArchiveStoreException {
    Path file = root.resolve(name.text());
    try {
      if (Files.size(file) > ReplicaLimits.FILE) {
        throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_TOO_LARGE, name.text());
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unavailable(file, e);
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

  private List<ArchiveName> list(StatementKind kind, String name) throws ArchiveStoreException {
    Path folder = root.resolve(name);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .flatMap(text -> ArchiveName.parse(text).stream())
          .filter(found -> found.kind() == kind)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unavailable(folder, e);
    }
  }

  private static ArchiveStoreException unavailable(Path path, IOException cause) {
    return new ArchiveStoreException(
        ArchiveDefect.ARCHIVE_UNAVAILABLE, path + " (" + cause + ")", cause);
  }
}
