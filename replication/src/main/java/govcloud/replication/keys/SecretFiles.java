package govcloud.replication.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * Files that nobody but their owner may read, written once and to the disk: whole under their name,
 * or not at all. What a crash has left of one lies beside it until the next time it is written.
 */
final class SecretFiles {
  private static final int LARGEST = 64 << 10;
  private static final int MOST = 1 << 16;
  private static final String PARTIAL = ".partial";

  /** By then whoever wrote it has died. */
  private static final Duration LEFT = Duration.ofMinutes(5);

  private static final Set<OpenOption> LOCK =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

  private SecretFiles() {}

  /** Makes a folder that its owner alone may enter; one that is there stays. */
  static void folder(Path folder) throws KeyException {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, owner("rwx------"));
      }
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /** Writes a file with mode 0600 that was not there before. */
  static void write(Path file, byte[] content) throws KeyException {
    write(file, content, "rw-------");
  }

  /** Writes a file with mode 0644 that was not there before. */
  static void writePublic(Path file, byte[] content) throws KeyException {
    write(file, content, "rw-r--r--");
  }

  /** Writes a file with mode 0600, or finds the same one there. */
  static void keep(Path file, byte[] content) throws KeyException {
    keep(file, content, "rw-------");
  }

  /** Writes a file with mode 0644, or finds the same one there. */
  static void keepPublic(Path file, byte[] content) throws KeyException {
    keep(file, content, "rw-r--r--");
  }

  private static void keep(Path file, byte[] content, String mode) throws KeyException {
    try {
      write(file, content, mode);
    } catch (KeyException e) {
      if (e.defect() != KeyDefect.KEY_FILE_EXISTS || !Arrays.equals(read(file), content)) {
        throw e;
      }
    }
  }

  /**
   * Writes a file with mode 0644 in place of the one that may be there, whole or not at all. Nodes
   * and commands may do so at the same moment.
   */
  static void replacePublic(Path file, byte[] content) throws KeyException {
    try {
      Path partial = partial(file, content, "rw-r--r--");
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      flush(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /** Overwrites a secret and deletes it; one that is not there is as good as deleted. */
  static void destroy(Path file) throws KeyException {
    try {
      Shredding.overwrite(file);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /** Deletes a file that is no secret; one that is not there is as good as deleted. */
  static void delete(Path file) throws KeyException {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /** Whether a file that is there is to be replaced. */
  @FunctionalInterface
  interface Older {
    boolean isOlder() throws KeyException;
  }

  /**
   * Writes a secret in place of an older one, whole or not at all, and overwrites the older one, so
   * that it is not left in free blocks of the disk. What a crash leaves half done is done by the
   * next call.
   *
   * @return false: another process replaces it just now
   */
  static boolean replaceSecret(Path file, byte[] content, Older older) throws KeyException {
    Path locked = file.resolveSibling(file.getFileName() + ".lock");
    try (FileChannel channel = FileChannel.open(locked, LOCK, owner("rw-------"));
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return false;
      }
      Path before = file.resolveSibling(file.getFileName() + ".before");
      Path next = file.resolveSibling(file.getFileName() + ".next");
      destroyUnless(before, file);
      destroyUnless(next, file);
      if (older.isOlder()) {
        write(next, content);
        Files.createLink(before, file);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        destroyUnless(before, file);
      }
      return true;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /** A second name of the file that is in use is only taken away. */
  private static void destroyUnless(Path name, Path used) throws IOException {
    if (!Files.exists(name)) {
      return;
    }
    if (!Files.isSameFile(name, used)) {
      Shredding.overwrite(name);
    }
    Files.delete(name);
  }

  /** A link is refused where the name is taken, also by another process at the same moment. */
  private static void write(Path file, byte[] content, String mode) throws KeyException {
    try {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      Path partial = partial(file, content, mode);
      try {
        link(file, partial);
        flush(file.toAbsolutePath().getParent());
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (FileAlreadyExistsException e) {
      throw new KeyException(
          KeyDefect.KEY_FILE_EXISTS, file + " (expected: a name that is free)", e);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static void link(Path file, Path partial) throws IOException {
    try {
      Files.createLink(file, partial);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Media on which people carry shares away have no links, and one writer.
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The content on the disk, under a name of its own beside the file. */
  private static Path partial(Path file, byte[] content, String mode) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    String name = file.getFileName() + ".";
    Path partial = Files.createTempFile(folder, name, PARTIAL, owner(mode));
    try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      forget(file, name, Files.getLastModifiedTime(partial).toInstant().minus(LEFT));
      return partial;
    } catch (IOException e) {
      Files.deleteIfExists(partial);
      throw e;
    }
  }

  /**
   * Destroys what writers that died have left of a file; a second name of the file itself is only
   * taken away.
   */
  private static void forget(Path file, String name, Instant before) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folder, other -> isPartial(name, other))) {
      for (Path partial : found) {
        if (Files.getLastModifiedTime(partial).toInstant().isBefore(before)) {
          if (!Files.exists(file) || !Files.isSameFile(partial, file)) {
            Shredding.overwrite(partial);
          }
          Files.deleteIfExists(partial);
        }
      }
    } catch (NoSuchFileException e) {
      // Another one has deleted it.
    }
  }

  private static boolean isPartial(String name, Path other) {
    String found = other.getFileName().toString();
    return found.startsWith(name) && found.endsWith(PARTIAL);
  }

  private static void flush(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Reads a file that only its owner may read; the caller wipes the bytes. */
  static byte[] readSecret(Path file) throws KeyException {
    try {
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
      if (modes.stream().anyMatch(mode -> !mode.name().startsWith("OWNER"))) {
        throw new KeyException(
            KeyDefect.KEY_FILE_EXPOSED,
            file + ": mode " + PosixFilePermissions.toString(modes) + " (expected: rw-------)");
      }
    } catch (NoSuchFileException e) {
      throw missing(file, e);
    } catch (IOException e) {
      throw unusable(file, e);
    }
    return read(file);
  }

  /** Reads a file. */
  static byte[] read(Path file) throws KeyException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new KeyException(
            KeyDefect.KEY_FILE_UNUSABLE,
            file + ": " + Files.size(file) + " bytes (expected: <= " + LARGEST + ")");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw missing(file, e);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /**
   * The highest number of files that are numbered through from 1.
   *
   * @throws KeyException with {@code KEY_FILE_MISSING} when there is none
   */
  static int last(Path folder, String prefix, String suffix) throws KeyException {
    int number = 0;
    while (number < MOST && Files.exists(folder.resolve(prefix + (number + 1) + suffix))) {
      number++;
    }
    if (number == 0) {
      Path first = folder.resolve(prefix + 1 + suffix);
      throw missing(first, new NoSuchFileException(first.toString()));
    }
    return number;
  }

  private static FileAttribute<Set<PosixFilePermission>> owner(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  private static KeyException missing(Path file, IOException cause) {
    return new KeyException(
        KeyDefect.KEY_FILE_MISSING, file + " (expected: made by keys init)", cause);
  }

  private static KeyException unusable(Path file, IOException cause) {
    return new KeyException(
        KeyDefect.KEY_FILE_UNUSABLE, file + " (" + cause.getMessage() + ")", cause);
  }
}
