package govcloud.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;

/** The source tree or distribution that this command belongs to. */
public final class Installation {
  /** System property with the folder, set by the {@code govcloud} script. */
  public static final String ROOT = "govcloud.root";

  private Installation() {}

  /** The folder that holds {@code govcloud}, {@code apps} and {@code cluster-configs}. */
  public static Path root() {
    String named = System.getProperty(ROOT);
    if (named != null) {
      return Path.of(named).toAbsolutePath();
    }
    Path here = Path.of("").toAbsolutePath();
    for (Path place = here; place != null; place = place.getParent()) {
      if (Files.isDirectory(place.resolve("cluster-configs"))
          && Files.isDirectory(place.resolve("cli"))) {
        return place;
      }
    }
    return here;
  }
}
