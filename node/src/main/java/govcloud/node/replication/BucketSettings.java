package govcloud.node.replication;

import com.typesafe.config.Config;
import govcloud.replication.store.Bucket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

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

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

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

  /** Checks every value; messages name key, value and expectation. */
  private Bucket bucket(String path) {
    require(
        name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
        path + ".name",
        name,
        "3 to 63 small letters, digits, dots and hyphens");
    require(
        prefix.isEmpty() || prefix.endsWith("/"),
        path + ".prefix",
        prefix,
        "empty, or a slash at its end");
    endpoint.ifPresent(
        uri ->
            require(
                "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost())),
                path + ".endpoint",
                uri,
                "https://host, or http:// on this machine"));
    require(!region.isBlank(), path + ".region", "\"\"", "the bucket's region");
    require(
        credentialsFile.isPresent(), path + ".credentials-file", "\"\"", "a file with credentials");
    return new Bucket(endpoint, region, name, prefix, credentialsFile.orElseThrow());
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(key + ": " + value + " (expected: " + expected + ")");
    }
  }
}
