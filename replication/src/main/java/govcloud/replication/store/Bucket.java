package govcloud.replication.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where in an S3-compatible object store an archive lies.
 *
 * @param endpoint of the store; none: Amazon's of the region
 * @param prefix of the names in the bucket; empty, or ends with a slash
 * @param credentialsFile in the form of {@code ~/.aws/credentials}; its profile {@code default} is
 *     taken
 */
public record Bucket(
    Optional<URI> endpoint, String region, String name, String prefix, Path credentialsFile) {
  private static final String PROFILE = "default";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  /** Throws IllegalArgumentException that begins with the name of what is wrong. */
  public Bucket {
    require(
        name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
        "name",
        name,
        "3 to 63 small letters, digits, dots and hyphens");
    require(
        prefix.isEmpty() || prefix.endsWith("/"), "prefix", prefix, "empty, or a slash at its end");
    endpoint.ifPresent(
        uri ->
            require(
                "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost())),
                "endpoint",
                uri,
                "https://host, or http:// on this machine"));
    require(!region.isBlank(), "region", "\"\"", "the bucket's region");
  }

  private static void require(boolean holds, String what, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: " + expected + ")");
    }
  }

  /**
   * A client for the bucket, not connected yet; the caller closes it.
   *
   * @throws IOException when the credentials cannot be read, or others can read them too
   */
  public S3Client client() throws IOException {
    var client =
        S3Client.builder()
            .region(Region.of(region))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(credentials());
    endpoint.ifPresent(at -> client.endpointOverride(at).forcePathStyle(true));
    return client.build();
  }

  private AwsCredentialsProvider credentials() throws IOException {
    Set<PosixFilePermission> modes = Files.getPosixFilePermissions(credentialsFile);
    if (modes.stream().anyMatch(mode -> !mode.name().startsWith("OWNER"))) {
      throw new IOException(
          credentialsFile
              + ": mode "
              + PosixFilePermissions.toString(modes)
              + " (expected: rw-------)");
    }
    try {
      var credentials =
          ProfileCredentialsProvider.builder()
              .profileName(PROFILE)
              .profileFile(
                  ProfileFile.builder()
                      .type(ProfileFile.Type.CREDENTIALS)
                      .content(credentialsFile)
                      .build())
              .build();
      credentials.resolveCredentials();
      return credentials;
    } catch (SdkException | IllegalArgumentException e) {
      throw new IOException(
          credentialsFile
              + ": no credentials in it (expected: [default] with aws_access_key_id and"
              + " aws_secret_access_key)",
          e);
    }
  }

  /** The archive in the bucket. */
  public S3ArchiveStore archive(S3Client client) {
    return new S3ArchiveStore(client, name, prefix);
  }

  /** The blobs in the bucket. */
  public S3BlobStore blobs(S3Client client) {
    return new S3BlobStore(client, name, prefix);
  }
}
