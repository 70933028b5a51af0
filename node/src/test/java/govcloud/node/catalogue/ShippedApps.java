package govcloud.node.catalogue;

import java.nio.file.Path;
import java.time.ZoneId;

/** The catalogue as the repository ships it, for tests. */
public final class ShippedApps {

  /** The root of the repository; tests run in the folder of their module. */
  static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  private ShippedApps() {}

  /** The apps of the repository as one kind of cloud loads them. */
  public static AppCatalogue load(CatalogueSettings.CloudKind kind) {
    return AppCatalogue.load(settings(REPOSITORY.resolve("apps"), kind));
  }

  /** Settings for a folder of apps in China. */
  static CatalogueSettings settings(Path folder, CatalogueSettings.CloudKind kind) {
    return new CatalogueSettings(folder, "cn", ZoneId.of("Asia/Shanghai"), kind);
  }
}
