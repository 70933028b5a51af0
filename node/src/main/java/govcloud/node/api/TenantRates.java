package govcloud.node.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import govcloud.domain.tenant.TenantState;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.Problem;
import govcloud.node.http.Tenancy;
import govcloud.node.metering.RequestMeter;
import govcloud.node.recovery.OpeningTenants;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The rates that tenants rent, looked up behind the back of the request: a request never waits for
 * the entity, it is let in by the last rate that is known.
 */
final class TenantRates implements Tenancy {

  /** Holds until the tenant's own rate is known. */
  static final long DEFAULT_RATE = 50;

  private static final int REMEMBERED = 10_000;
  private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

  private final Cache<String, Rate> rates =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();
  private final Entities entities;
  private final OpeningTenants opening;
  private final RequestMeter meter;
  private final LongSupplier nanoTime;

  private static final class Rate {
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long perSecond = DEFAULT_RATE;
    private volatile long askedAt;

    private Rate(long askedAt) {
      this.askedAt = askedAt;
    }
  }

  /**
   * Rates from the tenants' entities.
   *
   * @param opening which of them are closed after the loss of a site
   * @param nanoTime a clock in nanoseconds that only goes forward
   */
  TenantRates(
      Entities entities, OpeningTenants opening, RequestMeter meter, LongSupplier nanoTime) {
    this.entities = entities;
    this.opening = opening;
    this.meter = meter;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletionStage<Long> requestsPerSecond(String tenant) {
    var now = nanoTime.getAsLong();
    var rate = rates.get(tenant, name -> new Rate(now - FRESH_NANOS));
    if (now - rate.askedAt >= FRESH_NANOS && rate.asking.compareAndSet(false, true)) {
      rate.askedAt = now;
      entities
          .<TenantState>read("tenant/" + tenant)
          .whenComplete(
              (answer, failure) -> {
                if (failure == null) {
                  rate.perSecond =
                      answer.exists()
                          ? Math.max(1, answer.state().quotas().requestsPerSecond())
                          : DEFAULT_RATE;
                }
                rate.asking.set(false);
              });
    }
    return CompletableFuture.completedStage(rate.perSecond);
  }

  @Override
  public Optional<Problem> closed(String tenant) {
    return opening.closed(tenant);
  }

  @Override
  public void want(String tenant) {
    opening.want(tenant);
  }

  @Override
  public void countAllowed(String tenant) {
    meter.answered(tenant);
  }

  @Override
  public void countRefused(String tenant) {
    meter.refused(tenant);
  }
}
