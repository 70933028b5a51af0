package govcloud.replication.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that nobody but their owner may read, written once and to the disk. */
final class SecretFiles {
  private static final int LARGEST = 64 << 10;
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
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

  /**
   * Writes a file with mode 0644 in place of the one that may be there, whole or not at all. Nodes
   * and commands may do so at the same moment: each has a name of its own for what is half written.
   */
  static void replacePublic(Path file, byte[] content) throws KeyException {
    String own = ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
    Path next = file.resolveSibling(file.getFileName() + "." + own + ".next");
    try {
      Files.deleteIfExists(next);
      writePublic(next, content);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
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

  private static void write(Path file, byte[] content, String mode) throws KeyException {
    try (FileChannel channel = FileChannel.open(file, NEW, owner(mode))) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      throw new KeyException(
          KeyDefect.KEY_FILE_EXISTS, file + " (expected: a name that is free)", e);
    } catch (IOException e) {
      throw unusable(file, e);
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
