package govcloud.recovery.command;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.replication.store.Bucket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

/** How a replica in an object store is reached. */
final class BucketOptions {
  private static final String SCHEME = "s3://";

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Of the S3-compatible store. Default: Amazon's of the region.")
  private URI endpoint;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      defaultValue = "us-east-1",
      description = "Of the bucket. Default: ${DEFAULT-VALUE}.")
  private String region;

  @Option(
      names = "--credentials-file",
      paramLabel = "FILE",
      description =
          "For the store, in the form of ~/.aws/credentials, readable by its owner alone; a key"
              + " that may only read is enough.")
  private Path credentials;

  /** Whether a place is in an object store at all. */
  static boolean isMeant(String place) {
    return place.startsWith(SCHEME);
  }

  /** A place of the form {@code s3://bucket/prefix}. */
  Bucket bucket(String place) {
    String[] parts = place.substring(SCHEME.length()).split("/", 2);
    String prefix = parts.length == 1 ? "" : parts[1];
    if (credentials == null) {
      throw usage(
          "--credentials-file: missing (expected: a file with credentials for " + place + ")");
    }
    try {
      return new Bucket(
          Optional.ofNullable(endpoint),
          region,
          parts[0],
          prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/",
          credentials);
    } catch (IllegalArgumentException e) {
      throw usage(place + ": " + e.getMessage());
    }
  }

  static CommandFailure usage(String detail) {
    return new CommandFailure(ExitCode.USAGE, "USAGE", detail);
  }

  /** A client that lives as long as the tool. */
  static S3Client connect(Bucket bucket) {
    try {
      return bucket.client();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.AUTHENTICATION, "ARCHIVE_CREDENTIALS", "credentials: " + e.getMessage());
    }
  }
}
