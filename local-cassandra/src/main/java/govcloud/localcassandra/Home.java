package govcloud.localcassandra;

import govcloud.localcassandra.LocalCassandra.Settings;
import java.nio.file.Path;

/** The files of one Cassandra under its home folder. */
final class Home {
  private Home() {}

  static Path data(Settings settings) {
    return settings.home().resolve("data");
  }

  static Path configuration(Settings settings) {
    return settings.home().resolve("cassandra.yaml");
  }

  static Path logging(Settings settings) {
    return settings.home().resolve("logback.xml");
  }

  static Path log(Settings settings) {
    return settings.home().resolve("cassandra.log");
  }

  /** What the JVM itself prints: crashes, and the launcher's last words. */
  static Path console(Settings settings) {
    return settings.home().resolve("console.log");
  }

  static Path lock(Settings settings) {
    return settings.home().resolve("lock");
  }

  /** Class data that the JVM leaves at its end, when it was asked to. */
  static Path madeArchive(Settings settings) {
    return settings.home().resolve("tmp").resolve("classes.jsa");
  }

  static Path temporary(Settings settings) {
    return settings.home().resolve("tmp");
  }
}
