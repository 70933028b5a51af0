package govcloud.benchmarks;

import govcloud.localcassandra.LocalCassandra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Cassandra of its own for one run, deleted afterwards, with the compiler that production has.
 */
final class BenchmarkCassandra implements AutoCloseable {

  private static final int HEAP_MEGABYTES = 1024;
  private static final String EXTRA = "govcloud.cassandra.jvm-options";

  private final Path home;
  private final Optional<LocalCassandra> own;
  private final long pid;
  private final int port;

  private BenchmarkCassandra(Path home, Optional<LocalCassandra> own, long pid, int port) {
    this.home = home;
    this.own = own;
    this.pid = pid;
    this.port = port;
  }

  static BenchmarkCassandra start(Options options) throws IOException {
    Path home = Files.createTempDirectory("govcloud-benchmark-");
    if (!options.cassandra().isEmpty()) {
      String[] running = options.cassandra().split(":", 2);
      return new BenchmarkCassandra(
          home, Optional.empty(), Long.parseLong(running[0]), Integer.parseInt(running[1]));
    }
    String more = System.getProperty(EXTRA, "");
    System.setProperty(EXTRA, "-XX:TieredStopAtLevel=4 " + more);
    var started =
        LocalCassandra.start(
            LocalCassandra.Settings.in(home.resolve("db"))
                .withHeapMegabytes(HEAP_MEGABYTES)
                .withDurability(options.durability()));
    return new BenchmarkCassandra(
        home, Optional.of(started), started.pid(), started.contactPoint().getPort());
  }

  int port() {
    return port;
  }

  Path home() {
    return home;
  }

  ProcessMeter meter() {
    return new ProcessMeter(pid);
  }

  @Override
  public void close() throws IOException {
    own.ifPresent(LocalCassandra::close);
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(home)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
