package govcloud.node.replication;

import com.typesafe.config.Config;
import govcloud.replication.store.Bucket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A bucket in which an archive lies; such as {@code govcloud.replication.archive-bucket} in the
 * configuration.
 *
 * @param name of the bucket; empty: there is none
 * @param prefix of the names in it; empty, or ends with a slash
 * @param endpoint of the S3-compatible store; none: Amazon's of the region
 * @param region of the bucket
 * @param credentialsFile in the form of {@code ~/.aws/credentials}
 */
public record BucketSettings(
    String name,
    String prefix,
    Optional<URI> endpoint,
    String region,
    Optional<Path> credentialsFile) {

  /** Reads the settings at a path of the whole configuration. */
  static Optional<Bucket> from(Config root, String path) {
    Config config = root.getConfig(path);
    BucketSettings settings =
        new BucketSettings(
            config.getString("name"),
            config.getString("prefix"),
            Optional.of(config.getString("endpoint"))
                .filter(text -> !text.isEmpty())
                .map(URI::create),
            config.getString("region"),
            Optional.of(config.getString("credentials-file"))
                .filter(text -> !text.isEmpty())
                .map(Path::of));
    return settings.name().isEmpty() ? Optional.empty() : Optional.of(settings.bucket(path));
  }

  /** Messages name key, value and expectation. */
  private Bucket bucket(String path) {
    if (credentialsFile.isEmpty()) {
      throw new IllegalArgumentException(
          path + ".credentials-file: \"\" (expected: a file with credentials)");
    }
    try {
      return new Bucket(endpoint, region, name, prefix, credentialsFile.get());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + "." + e.getMessage(), e);
    }
  }
}
