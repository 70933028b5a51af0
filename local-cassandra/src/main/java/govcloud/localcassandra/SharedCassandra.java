package govcloud.localcassandra;

import govcloud.localcassandra.LocalCassandra.Durability;
import govcloud.localcassandra.LocalCassandra.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One Cassandra for all tests of a JVM, in a temporary folder that goes when the JVM ends. */
final class SharedCassandra {
  /** Started when this class is first used, by the rules of class initialisation only once. */
  private static final LocalCassandra STARTED = start();

  /** Every test has a keyspace of its own with all tables, and none is dropped before the end. */
  private static final int HEAP_MEGABYTES = 2048;

  private SharedCassandra() {}

  static LocalCassandra cassandra() {
    return STARTED;
  }

  private static LocalCassandra start() {
    try {
      Path home = Files.createTempDirectory("govcloud-cassandra-");
      LocalCassandra started =
          LocalCassandra.start(
              Settings.in(home)
                  .withDurability(Durability.PERIODIC)
                  .withHeapMegabytes(HEAP_MEGABYTES));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started), "shared-cassandra-end"));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(LocalCassandra cassandra) {
    if (cassandra.makesArchive()) {
      cassandra.close();
    } else {
      cassandra.kill();
    }
    try {
      delete(cassandra.settings().home());
    } catch (IOException left) {
      System.err.println("not deleted: " + left.getMessage());
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
