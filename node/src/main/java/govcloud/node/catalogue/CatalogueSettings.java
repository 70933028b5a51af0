package govcloud.node.catalogue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;

/**
 * Where the catalogue comes from.
 *
 * @param folder holds one folder per app and the folder {@code calendar}
 * @param calendar name of a file in {@code calendar}, without {@code .yaml}
 * @param timeZone where the offices are; it decides when a working day ends
 * @param cloudKind {@code extranet} or {@code intranet}; guards see it
 */
public record CatalogueSettings(
    Path folder, String calendar, ZoneId timeZone, CloudKind cloudKind) {

  /** What the cloud is for. */
  public enum CloudKind {
    /** Public services, reachable from the internet. */
    EXTRANET,
    /** Internal documents, cut off from the internet. */
    INTRANET;

    /** The name that guards and settings use. */
    public String word() {
      return this == EXTRANET ? "extranet" : "intranet";
    }
  }

  public CatalogueSettings {
    if (!Section.isIdentifier(calendar)) {
      throw new IllegalArgumentException(
          "calendar: \"" + calendar + "\" (expected: an identifier such as cn)");
    }
  }

  /**
   * Reads the part {@code govcloud.catalogue} of a configuration.
   *
   * @throws ConfigException if a key is missing or has a wrong value
   */
  public static CatalogueSettings of(Config config) {
    try {
      return new CatalogueSettings(
          Path.of(config.getString("folder")),
          config.getString("calendar"),
          zone(config.getString("time-zone")),
          kind(config.getString("cloud-kind")));
    } catch (IllegalArgumentException e) {
      throw new ConfigException.BadValue(config.origin(), "govcloud.catalogue", e.getMessage(), e);
    }
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "time-zone: \"" + name + "\" (expected: a zone such as Asia/Shanghai)", e);
    }
  }

  private static CloudKind kind(String word) {
    for (var kind : CloudKind.values()) {
      if (kind.word().equalsIgnoreCase(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "cloud-kind: \"" + word + "\" (expected: extranet or intranet)");
  }
}
