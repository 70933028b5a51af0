package govcloud.replication.store;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest files of which this process knows that a power cut does not take them away, so that
 * reading one does not flush it again. Each is known with the time at which it was written: one
 * that took its place since is another one. For several threads.
 */
final class SettledFiles {
  static final int MOST = 10_000;

  private final Map<Path, FileTime> written =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Path, FileTime> eldest) {
              return size() > MOST;
            }
          });

  /** A file and its name were flushed after this time of writing was read. */
  void add(Path file, FileTime time) {
    written.put(file, time);
  }

  /** A file is no more. */
  void remove(Path file) {
    written.remove(file);
  }

  /** Whether the file that was written at this time is known to be flushed. */
  boolean has(Path file, FileTime time) {
    return time.equals(written.get(file));
  }
}
