package govcloud.replication.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

  /** Writes a file with mode 0644 in place of the one that may be there, whole or not at all. */
  static void replacePublic(Path file, byte[] content) throws KeyException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.deleteIfExists(next);
      writePublic(next, content);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unusable(file, e);
    }
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
