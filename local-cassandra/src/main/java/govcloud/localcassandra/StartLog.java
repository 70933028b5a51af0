package govcloud.localcassandra;

import govcloud.localcassandra.LocalCassandra.Settings;
import govcloud.localcassandra.launcher.Launcher;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads in Cassandra's log what it does and why it ended; looks only at what this start wrote. */
final class StartLog {
  private static final int LONGEST_READ = 1024 * 1024;

  /** Words of Cassandra's log and what they mean, in the order in which they appear. */
  private static final List<Map.Entry<String, String>> ACTIVITIES =
      List.of(
          Map.entry("Hostname:", "reading its configuration"),
          Map.entry("Initializing system.", "opening its system tables"),
          Map.entry("Initializing system_auth.", "opening its tables"),
          Map.entry("Replaying", "replaying the commit log"),
          Map.entry("Starting up server gossip", "joining its ring"),
          Map.entry("Starting listening for CQL", "opening its port"));

  private final Settings settings;
  private long start;

  StartLog(Settings settings) {
    this.settings = settings;
  }

  void begin() throws IOException {
    start = Files.exists(Home.log(settings)) ? Files.size(Home.log(settings)) : 0;
  }

  String activity() {
    String text = read(Home.log(settings), start);
    String activity = "starting its JVM";
    for (Map.Entry<String, String> known : ACTIVITIES) {
      if (text.contains(known.getKey())) {
        activity = known.getValue();
      }
    }
    return activity;
  }

  /** Why the process ended, in one sentence. */
  RuntimeException failure(int exitCode) {
    String text = read(Home.console(settings), 0) + "\n" + read(Home.log(settings), start);
    Optional<String> launcher =
        text.lines().filter(line -> line.startsWith(Launcher.FAILURE_PREFIX)).findFirst();
    if (launcher.isPresent()) {
      return new LocalCassandraException(
          launcher.get().substring(Launcher.FAILURE_PREFIX.length()));
    }
    if (text.contains("Address already in use") || text.contains("is in use by another process")) {
      return new PortTakenException(
          "Cassandra's port was taken by somebody else while it started (expected: free; start again)");
    }
    if (text.contains("No space left on device")) {
      return new LocalCassandraException(
          "disk of %s: full (expected: room for Cassandra; make room and start again, nothing is damaged)"
              .formatted(settings.home()));
    }
    String reason =
        text.lines()
            .filter(line -> line.contains(" ERROR ") || line.startsWith("Error"))
            .findFirst()
            .orElse("no error logged");
    return new LocalCassandraException(
        "Cassandra ended while it started, exit code %d: %s (see %s and %s)"
            .formatted(
                exitCode,
                reason.strip(),
                Home.log(settings),
                Home.console(settings).getFileName()));
  }

  private static String read(Path file, long from) {
    if (!Files.exists(file)) {
      return "";
    }
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      long begin = from > open.length() ? 0 : from;
      open.seek(begin);
      byte[] bytes = new byte[(int) Math.min(LONGEST_READ, open.length() - begin)];
      open.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      return "";
    }
  }
}
