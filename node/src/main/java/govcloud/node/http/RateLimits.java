package govcloud.node.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for each name at the border of this node, such as for each tenant, so that one's
 * load does not become another's waiting time.
 */
public final class RateLimits {

  private static final int REMEMBERED = 10_000;

  private final Cache<String, Limit> limits =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();
  private final int burstSeconds;
  private final TimeMeter time;

  private record Limit(long perSecond, Bucket bucket) {}

  /**
   * What a request was given.
   *
   * @param allowed whether it may go on
   * @param perSecond sustained rate
   * @param remaining requests that may follow at once
   * @param retryAfter seconds until there is a token, at least 1, or 0 if it was allowed
   */
  public record Grant(boolean allowed, long perSecond, long remaining, long retryAfter) {

    /** The {@code RateLimit} header of a policy. */
    String header(String name) {
      return "\"" + name + "\";r=" + remaining + ";t=" + Math.max(1, retryAfter);
    }

    /** The {@code RateLimit-Policy} header of a policy. */
    String policy(String name) {
      return "\"" + name + "\";q=" + perSecond + ";w=1";
    }
  }

  /**
   * Buckets that are full at first.
   *
   * @param burstSeconds how many seconds' worth of requests may come at once
   * @param nanoTime a clock in nanoseconds that only goes forward
   */
  public RateLimits(int burstSeconds, java.util.function.LongSupplier nanoTime) {
    this.burstSeconds = burstSeconds;
    this.time =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return nanoTime.getAsLong();
          }

          @Override
          public boolean isWallClockBased() {
            return false;
          }
        };
  }

  /** Takes a token for one request of {@code name}, whose sustained rate is {@code perSecond}. */
  public Grant take(String name, long perSecond) {
    var rate = Math.max(1, perSecond);
    var limit = limits.getIfPresent(name);
    if (limit == null || limit.perSecond() != rate) {
      limit =
          limits
              .asMap()
              .compute(name, (key, old) -> old == null ? create(rate) : changed(old, rate));
    }
    var probe = limit.bucket().tryConsumeAndReturnRemaining(1);
    var wait =
        probe.isConsumed()
            ? 0
            : Math.max(
                1, TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill() + 999_999_999L));
    return new Grant(probe.isConsumed(), rate, probe.getRemainingTokens(), wait);
  }

  private Limit create(long perSecond) {
    return new Limit(
        perSecond,
        Bucket.builder().withCustomTimePrecision(time).addLimit(bandwidth(perSecond)).build());
  }

  private Limit changed(Limit old, long perSecond) {
    if (old.perSecond() == perSecond) {
      return old;
    }
    old.bucket()
        .replaceConfiguration(
            BucketConfiguration.builder().addLimit(bandwidth(perSecond)).build(),
            TokensInheritanceStrategy.PROPORTIONALLY);
    return new Limit(perSecond, old.bucket());
  }

  private Bandwidth bandwidth(long perSecond) {
    return Bandwidth.builder()
        .capacity(perSecond * burstSeconds)
        .refillGreedy(perSecond, Duration.ofSeconds(1))
        .build();
  }
}
