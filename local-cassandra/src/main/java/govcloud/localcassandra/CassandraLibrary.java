package govcloud.localcassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/** The folder of Cassandra's jars, which never are on the class path of this JVM. */
record CassandraLibrary(Path folder) {
  /** Names the folder when it cannot be found by looking upwards. */
  static final String PROPERTY = "govcloud.cassandra.lib";

  private static final Path BUILT = Path.of("local-cassandra/engine/target/cassandra-lib");

  /** The folder named by the property, or the one the build made in this source tree. */
  static CassandraLibrary find() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      Path folder = Path.of(named).toAbsolutePath();
      if (!complete(folder)) {
        throw new LocalCassandraException(
            PROPERTY + ": " + folder + " holds no Cassandra (expected: cassandra-all-5.0.x.jar)");
      }
      return new CassandraLibrary(folder);
    }
    for (Path place = codeLocation(); place != null; place = place.getParent()) {
      if (complete(place.resolve(BUILT))) {
        return new CassandraLibrary(place.resolve(BUILT));
      }
    }
    throw new LocalCassandraException(
        "no Cassandra jars above "
            + codeLocation()
            + " (expected: "
            + BUILT
            + "; build once with `mvn -pl local-cassandra -am process-classes`, or set -D"
            + PROPERTY
            + ")");
  }

  /** All jars in an order that does not depend on the file system. */
  List<Path> jars() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean complete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    return new CassandraLibrary(folder)
        .jars().stream().anyMatch(jar -> jar.getFileName().toString().startsWith("cassandra-all-"));
  }

  /** The folder or jar this class was loaded from. */
  static Path codeLocation() {
    CodeSource source = CassandraLibrary.class.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
