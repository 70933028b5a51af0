package govcloud.localcassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Java runtime that can run Cassandra 5.0: version 17 and no other. */
record JavaHome(Path folder) {
  /** Names a Java 17 when the one that runs this is another. */
  static final String VARIABLE = "GOVCLOUD_JAVA17_HOME";

  static final int VERSION = 17;
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  /** The given one, or the first Java 17 among the variable, this JVM's own and the system's. */
  static JavaHome find(Optional<Path> given) {
    if (given.isPresent()) {
      return checked(given.get());
    }
    String variable = System.getenv(VARIABLE);
    if (variable != null && !variable.isBlank()) {
      return checked(Path.of(variable));
    }
    Path own = Path.of(System.getProperty("java.home"));
    if (Runtime.version().feature() == VERSION) {
      return new JavaHome(own);
    }
    return installed().stream()
        .filter(home -> version(home) == VERSION)
        .findFirst()
        .map(JavaHome::new)
        .orElseThrow(
            () ->
                new LocalCassandraException(
                    "java: version %d in %s (expected: %d, as Cassandra 5.0 runs on no other; install openjdk-17-jre-headless or set %s)"
                        .formatted(Runtime.version().feature(), own, VERSION, VARIABLE)));
  }

  private static JavaHome checked(Path home) {
    if (!Files.isExecutable(home.resolve("bin/java"))) {
      throw new LocalCassandraException(
          "java: no bin/java in " + home + " (expected: the home of a Java " + VERSION + ")");
    }
    int version = version(home);
    if (version != VERSION) {
      throw new LocalCassandraException(
          "java: version %d in %s (expected: %d, as Cassandra 5.0 runs on no other)"
              .formatted(version, home, VERSION));
    }
    return new JavaHome(home);
  }

  Path java() {
    return folder.resolve("bin/java");
  }

  private static List<Path> installed() {
    if (!Files.isDirectory(INSTALLED)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(INSTALLED)) {
      return new ArrayList<>(
          homes.filter(home -> Files.isExecutable(home.resolve("bin/java"))).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every Java since 9 says its version in the file {@code release}; 0 = it does not say. */
  private static int version(Path home) {
    try {
      for (String line : Files.readAllLines(home.resolve("release"))) {
        if (line.startsWith("JAVA_VERSION=\"")) {
          String version = line.substring("JAVA_VERSION=\"".length()).replaceAll("[.\"+_-].*", "");
          return Integer.parseInt(version);
        }
      }
      return 0;
    } catch (IOException | NumberFormatException unreadable) {
      return 0;
    }
  }
}
