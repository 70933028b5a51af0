package govcloud.node.http;

import java.util.function.LongSupplier;

/**
 * The places at the border of a node. Operators have their own, so that they can see and act while
 * departments ask for more than there is.
 *
 * @param tenants for requests about a department
 * @param operators for all others that need a token
 */
public record ConcurrencyLimits(ConcurrencyLimit tenants, ConcurrencyLimit operators) {

  /** Limits as the settings have them. */
  public static ConcurrencyLimits of(HttpSettings settings, LongSupplier nanoTime) {
    return new ConcurrencyLimits(limit(settings, nanoTime), limit(settings, nanoTime));
  }

  private static ConcurrencyLimit limit(HttpSettings settings, LongSupplier nanoTime) {
    return new ConcurrencyLimit(
        settings.leastConcurrency(),
        settings.mostConcurrency(),
        settings.latencyGoal().toNanos(),
        nanoTime);
  }
}
