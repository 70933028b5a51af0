package govcloud.node.replication;

import govcloud.replication.shipping.LinkException;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;

/** So many bytes a second of the line to the sibling, shared by all that goes over it. */
final class Bandwidth {
  private static final long LARGEST = 128L << 20;

  private final Optional<Bucket> bucket;

  private Bandwidth(Optional<Bucket> bucket) {
    this.bucket = bucket;
  }

  /**
   * A limit.
   *
   * @param bytesPerSecond 0: none
   */
  static Bandwidth of(long bytesPerSecond) {
    return new Bandwidth(
        bytesPerSecond == 0 ? Optional.empty() : Optional.of(bucket(bytesPerSecond)));
  }

  private static Bucket bucket(long bytesPerSecond) {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit
                    .capacity(Math.max(bytesPerSecond, LARGEST))
                    .refillGreedy(bytesPerSecond, Duration.ofSeconds(1))
                    .initialTokens(bytesPerSecond))
        .build();
  }

  /** Waits until so many bytes may be sent. */
  void take(long bytes) throws LinkException {
    if (bucket.isEmpty() || bytes <= 0) {
      return;
    }
    try {
      bucket.get().asBlocking().consume(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkException("interrupted", e);
    }
  }
}
