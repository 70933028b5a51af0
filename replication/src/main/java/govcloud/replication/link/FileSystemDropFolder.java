package govcloud.replication.link;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ReplicaLimits;
import govcloud.replication.blob.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A folder of a file system. A file is written in {@code .writing}, flushed and moved to its name;
 * what is set aside lies in {@code .refused}. Names with a dot in front are nobody's files.
 */
public final class FileSystemDropFolder implements DropFolder {
  private static final String WRITING = ".writing";
  private static final String REFUSED = ".refused";
  private static final String REASON = ".reason";

  /** A name that is taken, by a process that has ended, is passed over at the next try. */
  private static final long PROCESS = ProcessHandle.current().pid();

  private static final AtomicLong WRITTEN = new AtomicLong();

  private final Path root;

  private FileSystemDropFolder(Path root) {
    this.root = root;
  }

  /** The folder, which is made if it is not there. */
  public static FileSystemDropFolder open(Path root) throws IOException {
    Files.createDirectories(root.resolve(WRITING));
    Files.createDirectories(root.resolve(REFUSED));
    return new FileSystemDropFolder(root);
  }

  @Override
  public void put(String name, ByteString file) throws IOException {
    write(root.resolve(name), file.newInput());
  }

  @Override
  public void put(String name, BlobSource source) throws IOException {
    try (InputStream in = source.open()) {
      write(root.resolve(name), in);
    }
  }

  @Override
  public Optional<BlobSource> open(String name) throws IOException {
    Path file = root.resolve(name);
    try {
      long length = Files.size(file);
      return Optional.of(
          new BlobSource() {
            @Override
            public long length() {
              return length;
            }

            @Override
            public InputStream open() throws IOException {
              return Files.newInputStream(file);
            }
          });
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void write(Path target, InputStream in) throws IOException {
    Path writing = root.resolve(WRITING).resolve(PROCESS + "." + WRITTEN.incrementAndGet());
    try {
      try (FileChannel channel =
          FileChannel.open(writing, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        in.transferTo(Channels.newOutputStream(channel));
        channel.force(true);
      }
      move(writing, target);
    } finally {
      Files.deleteIfExists(writing);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(to.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    try (InputStream in = Files.newInputStream(root.resolve(name))) {
      return Optional.of(in.readNBytes(ReplicaLimits.FILE + 1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(root.resolve(name));
  }

  @Override
  public void setAside(String name, String reason) throws IOException {
    Path refused = root.resolve(REFUSED);
    write(refused.resolve(name + REASON), ByteString.copyFromUtf8(reason + "\n").newInput());
    try {
      move(root.resolve(name), refused.resolve(name));
    } catch (NoSuchFileException e) {
      // Another receiver has set it aside, with the same reason.
    }
  }

  /** How many files were set aside and lie there still. */
  public int countSetAside() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(REFUSED))) {
      return (int) files.filter(file -> !file.getFileName().toString().endsWith(REASON)).count();
    }
  }
}
