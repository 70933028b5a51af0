package govcloud.ledger.log;

import govcloud.ledger.tree.TileName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A ledger in a folder, as any web server can serve it. */
public final class FolderStore implements LedgerStore {
  private final Path folder;

  /** A ledger in this folder, which need not be there yet. */
  public FolderStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void write(Map<String, byte[]> files) throws IOException {
    Set<Path> changed = new LinkedHashSet<>();
    List<FileChannel> open = new ArrayList<>();
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        makeFolder(path.getParent(), changed);
        open.add(written(path, file.getValue()));
        changed.add(path.getParent());
      }
      // All are handed to the disk before the first is waited for.
      for (FileChannel channel : open) {
        channel.force(false);
      }
    } finally {
      for (FileChannel channel : open) {
        channel.close();
      }
    }
    for (Path parent : changed) {
      force(parent);
    }
  }

  @Override
  public void replace(String name, byte[] content) throws IOException {
    Path path = folder.resolve(name);
    Set<Path> changed = new LinkedHashSet<>();
    makeFolder(path.getParent(), changed);
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try (FileChannel channel = written(next, content)) {
      channel.force(false);
    }
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    changed.add(path.getParent());
    for (Path parent : changed) {
      force(parent);
    }
  }

  @Override
  public void delete(List<String> names) throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    for (String name : names) {
      Path path = folder.resolve(name);
      Files.deleteIfExists(path);
      if (path.getParent().toString().endsWith(".p")) {
        folders.add(path.getParent());
      }
    }
    for (Path partial : folders) {
      if (Files.isDirectory(partial) && isEmpty(partial)) {
        Files.delete(partial);
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  @Override
  public List<String> tiles() throws IOException {
    Path tiles = folder.resolve(TileName.FOLDER);
    if (!Files.isDirectory(tiles)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(tiles)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** Makes a folder and those above it; a new name is there for good when its folder is. */
  private void makeFolder(Path wanted, Set<Path> changed) throws IOException {
    if (Files.isDirectory(wanted)) {
      return;
    }
    if (wanted.getParent() != null) {
      makeFolder(wanted.getParent(), changed);
      changed.add(wanted.getParent());
    }
    Files.createDirectories(wanted);
  }

  private static FileChannel written(Path path, byte[] content) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    try {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
