package govcloud.replication.store;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Whether a bucket keeps what is in it against everybody, by object lock with a retention. */
public final class BucketLock {
  private static final int FORBIDDEN = 403;
  private static final int DAYS_OF_YEAR = 365;

  private BucketLock() {}

  /**
   * Asks the bucket.
   *
   * @param wanted how long it should keep at least
   * @return what is wrong; empty where it keeps long enough
   * @throws software.amazon.awssdk.core.exception.SdkException when it does not answer
   */
  public static Optional<String> problem(S3Client client, Bucket bucket, Duration wanted) {
    String expected = " (expected: object lock for at least " + wanted.toDays() + " days)";
    Duration kept;
    try {
      kept = retention(client.getObjectLockConfiguration(ask -> ask.bucket(bucket.name())));
    } catch (S3Exception e) {
      if (e.statusCode() == FORBIDDEN) {
        return Optional.of("the account may not ask how long it keeps" + expected);
      }
      if (e.statusCode() >= 500 && e.statusCode() != 501) {
        throw e;
      }
      kept = Duration.ZERO;
    }
    if (kept.isZero()) {
      return Optional.of("keeps nothing against deletion" + expected);
    }
    return kept.compareTo(wanted) < 0
        ? Optional.of("keeps for " + kept.toDays() + " days" + expected)
        : Optional.empty();
  }

  private static Duration retention(GetObjectLockConfigurationResponse answer) {
    return Optional.ofNullable(answer.objectLockConfiguration())
        .flatMap(lock -> Optional.ofNullable(lock.rule()))
        .map(ObjectLockRule::defaultRetention)
        .map(BucketLock::retention)
        .orElse(Duration.ZERO);
  }

  private static Duration retention(DefaultRetention kept) {
    long days = Optional.ofNullable(kept.days()).orElse(0);
    long years = Optional.ofNullable(kept.years()).orElse(0);
    return Duration.ofDays(days + years * DAYS_OF_YEAR);
  }
}
