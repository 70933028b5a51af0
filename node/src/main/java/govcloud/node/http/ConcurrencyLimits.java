package govcloud.node.http;

import java.util.function.LongSupplier;

/**
 * The places at the border of a node. Operators have their own, so that they can see and act while
 * departments ask for more than there is.
 *
 * @param tenants for requests about a department
 * @param operators for all others that need a token
 * @param streams for those that take as long as their client takes
 */
public record ConcurrencyLimits(
    ConcurrencyLimit tenants, ConcurrencyLimit operators, ConcurrencyLimit streams) {

  /** Limits as the settings have them. */
  public static ConcurrencyLimits of(HttpSettings settings, LongSupplier nanoTime) {
    int streams = settings.mostStreams();
    return new ConcurrencyLimits(
        limit(settings, nanoTime),
        limit(settings, nanoTime),
        new ConcurrencyLimit(streams, streams, Long.MAX_VALUE, nanoTime));
  }

  /** Where the places for an operation are. */
  ConcurrencyLimit of(Operation operation, boolean aboutTenant) {
    if (operation.streaming() != Operation.Streaming.NONE) {
      return streams;
    }
    return aboutTenant ? tenants : operators;
  }

  private static ConcurrencyLimit limit(HttpSettings settings, LongSupplier nanoTime) {
    return new ConcurrencyLimit(
        settings.leastConcurrency(),
        settings.mostConcurrency(),
        settings.latencyGoal().toNanos(),
        nanoTime);
  }
}
