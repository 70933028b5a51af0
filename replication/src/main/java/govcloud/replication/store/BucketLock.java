package govcloud.replication.store;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Whether a bucket keeps what is in it against everybody, by object lock with a retention in mode
 * {@code COMPLIANCE}: one in mode {@code GOVERNANCE} can be lifted by who has the right to.
 */
public final class BucketLock {
  private static final int FORBIDDEN = 403;

  /** Statuses of stores that have no lock here, or do not know the question. */
  private static final Set<Integer> UNLOCKED = Set.of(404, 405, 501);

  private static final int DAYS_OF_YEAR = 365;

  private BucketLock() {}

  /**
   * Asks the bucket.
   *
   * @param wanted how long it should keep at least
   * @return what is wrong; empty where it keeps long enough
   * @throws software.amazon.awssdk.core.exception.SdkException when it does not say
   */
  public static Optional<String> problem(S3Client client, Bucket bucket, Duration wanted) {
    String expected =
        " (expected: object lock in compliance mode for at least " + wanted.toDays() + " days)";
    Optional<DefaultRetention> kept;
    try {
      kept = retention(client.getObjectLockConfiguration(ask -> ask.bucket(bucket.name())));
    } catch (S3Exception e) {
      if (e.statusCode() == FORBIDDEN) {
        return Optional.of("the account may not ask how long it keeps" + expected);
      }
      if (!UNLOCKED.contains(e.statusCode())) {
        throw e;
      }
      kept = Optional.empty();
    }
    Duration time = kept.map(BucketLock::time).orElse(Duration.ZERO);
    if (time.isZero()) {
      return Optional.of("keeps nothing against deletion" + expected);
    }
    if (kept.get().mode() != ObjectLockRetentionMode.COMPLIANCE) {
      return Optional.of("keeps in mode " + kept.get().modeAsString() + expected);
    }
    return time.compareTo(wanted) < 0
        ? Optional.of("keeps for " + time.toDays() + " days" + expected)
        : Optional.empty();
  }

  private static Optional<DefaultRetention> retention(GetObjectLockConfigurationResponse answer) {
    return Optional.ofNullable(answer.objectLockConfiguration())
        .flatMap(lock -> Optional.ofNullable(lock.rule()))
        .map(ObjectLockRule::defaultRetention);
  }

  private static Duration time(DefaultRetention kept) {
    long days = Optional.ofNullable(kept.days()).orElse(0);
    long years = Optional.ofNullable(kept.years()).orElse(0);
    return Duration.ofDays(days + years * DAYS_OF_YEAR);
  }
}
