package govcloud.faultlab.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Wall clocks of hosts that can be moved while programs run, by libfaketime where it is installed.
 */
public final class FakeClocks {

  private final Optional<Path> library;
  private final Path folder;

  /**
   * Looks for the library; without it clocks stay as they are.
   *
   * @param wanted without need nobody pays for it: every look at a clock costs more
   */
  public FakeClocks(boolean wanted) throws IOException {
    this(wanted, Path.of("/run/clocks"));
  }

  FakeClocks(boolean wanted, Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    if (!wanted) {
      this.library = Optional.empty();
      return;
    }
    try (Stream<Path> found =
        Files.find(
            Path.of("/usr/lib"),
            4,
            (file, facts) -> file.endsWith("faketime/libfaketimeMT.so.1"))) {
      this.library = found.findFirst();
    }
  }

  /** Whether clocks can be moved. */
  public boolean arePossible() {
    return library.isPresent();
  }

  /**
   * Words that give what follows the host's clock; the monotonic clock is never touched.
   *
   * <p>The last word is needed since glibc 2.25: the library otherwise turns every wait with a time
   * limit into one that ends at once, so each idle thread of a JVM spins.
   */
  public List<String> follow(String host) {
    if (library.isEmpty()) {
      return List.of();
    }
    move(host, 0);
    return List.of(
        "env",
        "LD_PRELOAD=" + library.get(),
        "FAKETIME_TIMESTAMP_FILE=" + folder.resolve(host),
        "FAKETIME_CACHE_DURATION=1",
        "DONT_FAKE_MONOTONIC=1",
        "FAKETIME_FORCE_MONOTONIC_FIX=0");
  }

  /** Moves a host's clock to so many seconds beside the true time; felt within a second. */
  public void move(String host, int seconds) {
    try {
      Path next = folder.resolve(host + ".next");
      Files.writeString(next, (seconds < 0 ? "" : "+") + seconds + "\n");
      Files.move(
          next,
          folder.resolve(host),
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
