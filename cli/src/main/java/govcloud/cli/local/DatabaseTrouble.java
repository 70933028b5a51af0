package govcloud.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.localcassandra.LocalCassandra;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;

/** Why the Cassandra of a cloud on this machine does not run, as far as its folder tells. */
final class DatabaseTrouble {
  private final CloudHome home;
  private final ObjectMapper json;

  DatabaseTrouble(CloudHome home, ObjectMapper json) {
    this.home = home;
    this.json = json;
  }

  /** What is wrong and what to do; absent when Cassandra runs or is none of this machine's. */
  Optional<String> sentence() {
    long pid = CloudHome.read(json, home.cloud()).path("cassandra").path("pid").asLong(0);
    if (pid == 0 || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
      return Optional.empty();
    }
    try {
      long free = Files.getFileStore(home.folder()).getUsableSpace();
      if (free < LocalCassandra.LEAST_FREE_BYTES) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "Cassandra does not run: %s has %,d MiB left (expected: >= %,d MiB). Free some"
                    + " space; it starts again by itself, and nothing acknowledged is lost.",
                home.folder(),
                free >> 20,
                LocalCassandra.LEAST_FREE_BYTES >> 20));
      }
    } catch (IOException e) {
      return Optional.of("Cassandra does not run: " + home.folder() + " cannot be looked at.");
    }
    return Optional.of(
        "Cassandra does not run; it is being started again (see " + home.supervisorLog() + ").");
  }
}
