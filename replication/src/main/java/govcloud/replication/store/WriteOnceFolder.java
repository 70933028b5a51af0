package govcloud.replication.store;

import govcloud.replication.archive.ArchiveStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A folder whose files are written once. A file is written whole beside its place, flushed, and
 * linked to its name, which fails if the name exists; then the folder is flushed. What a crash
 * leaves half-written is never looked at, and removed at the next start. Several processes may use
 * one folder.
 */
final class WriteOnceFolder {
  private static final String INCOMING = "incoming";
  private static final int TRIES = 3;
  private static final Duration YOUNG = Duration.ofHours(1);

  private final Path root;
  private final SettledFiles settled = new SettledFiles();

  /** What a file will hold. */
  @FunctionalInterface
  interface Content {
    /** Writes it from the beginning; again after a first attempt was disturbed. */
    void writeTo(FileChannel channel) throws IOException, ArchiveStoreException;
  }

  private WriteOnceFolder(Path root) {
    this.root = root;
  }

  /** A folder, which is made if it is not there. */
  static WriteOnceFolder open(Path root) throws IOException {
    WriteOnceFolder folder = new WriteOnceFolder(root.toAbsolutePath().normalize());
    Files.createDirectories(folder.root.resolve(INCOMING));
    folder.removeLeftOvers();
    return folder;
  }

  /** A folder that is only read; nothing is made. */
  static WriteOnceFolder existing(Path root) {
    return new WriteOnceFolder(root.toAbsolutePath().normalize());
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

  /** Where a file of this name is. */
  Path path(String name) {
    return root.resolve(name);
  }

  /** Bytes of a file; empty if it is not there. */
  OptionalLong length(String name) throws ArchiveStoreException {
    try {
      return OptionalLong.of(Files.size(path(name)));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw ArchiveStoreException.of(path(name), e);
    }
  }

  /** A run of a file's bytes, if it is there. */
  Optional<InputStream> read(String name, long from, long to) throws ArchiveStoreException {
    try {
      FileChannel channel = FileChannel.open(path(name), StandardOpenOption.READ).position(from);
      return Optional.of(new BoundedStream(Channels.newInputStream(channel), to - from));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw ArchiveStoreException.of(path(name), e);
    }
  }

  /**
   * Writes a file; when this returns true it survives a power cut.
   *
   * @return false if the name was taken before
   */
  boolean write(String name, Content content) throws IOException, ArchiveStoreException {
    Path target = path(name);
    makeFolders(target.getParent());
    for (int attempt = 1; ; attempt++) {
      try {
        return writeOnce(target, content);
      } catch (NoSuchFileException e) {
        // Another process that starts may have taken the incoming file for a left-over.
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private boolean writeOnce(Path target, Content content)
      throws IOException, ArchiveStoreException {
    if (Files.exists(target)) {
      return false;
    }
    Path incoming = Files.createTempFile(root.resolve(INCOMING), target.getFileName() + ".", "");
    try (FileChannel channel = FileChannel.open(incoming, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      content.writeTo(channel);
      channel.force(true);
      FileTime time = Files.getLastModifiedTime(incoming);
      Files.createLink(target, incoming);
      flush(target.getParent());
      settled.add(target, time);
      return lock.isValid();
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      // While the incoming file is still there: without it there may be room again.
      throw ArchiveStoreException.of(incoming, e);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  /** Another writer may have linked a file and not yet flushed it. */
  void flushThere(String name) throws IOException {
    flush(path(name));
    flush(path(name).getParent());
  }

  /** A young file that was read may not yet be flushed by who writes it. */
  void settle(String name, Instant now) throws IOException {
    Path file = path(name);
    FileTime time = Files.getLastModifiedTime(file);
    boolean isYoung = Duration.between(time.toInstant(), now).compareTo(YOUNG) < 0;
    if (isYoung && !settled.has(file, time)) {
      flushThere(name);
      settled.add(file, time);
    }
  }

  /** A file that is taken away; another one in its place is not known to be flushed. */
  void forget(String name) {
    settled.remove(path(name));
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

  /** Makes what a file or folder holds survive a power cut. */
  static void flush(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
