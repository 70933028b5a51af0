package govcloud.faultlab.cloud;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The source tree whose program is tried.
 *
 * @param root holds {@code cluster-configs} and {@code apps}
 */
public record Installation(Path root) {

  /** The tree in which this class lies. */
  public static Installation find() {
    try {
      Path place =
          Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      while (place != null && !Files.exists(place.resolve("cluster-configs/base.conf"))) {
        place = place.getParent();
      }
      if (place == null) {
        throw new IllegalStateException("no cluster-configs/base.conf above the lab's classes");
      }
      return new Installation(place);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
