package govcloud.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders of files. */
public final class Folders {
  private Folders() {}

  /**
   * Deletes a folder with everything in it, if it is there.
   *
   * @return how many bytes its files had
   * @throws IOException when something cannot be deleted; what was deleted before is gone
   */
  public static long delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    long bytes = 0;
    for (Path file : deepestFirst) {
      bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
      Files.deleteIfExists(file);
    }
    return bytes;
  }
}
