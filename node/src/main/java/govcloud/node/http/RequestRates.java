package govcloud.node.http;

import govcloud.domain.Actor;
import govcloud.node.wire.Sources;
import java.util.function.LongSupplier;

/**
 * How many requests a second this node takes: from each address before it is known who asks, by
 * each account, and about each department.
 */
final class RequestRates {

  private final RateLimits sources;
  private final RateLimits accounts;
  private final RateLimits tenants;
  private final long perSource;
  private final long perAccount;

  /**
   * Rates of the settings; 0 there: as many as come.
   *
   * @param nanoTime a clock in nanoseconds that only goes forward
   */
  RequestRates(HttpSettings settings, LongSupplier nanoTime) {
    this.sources = new RateLimits(settings.burstSeconds(), nanoTime);
    this.accounts = new RateLimits(settings.burstSeconds(), nanoTime);
    this.tenants = new RateLimits(settings.burstSeconds(), nanoTime);
    this.perSource = settings.requestsPerSource();
    this.perAccount = settings.requestsPerAccount();
  }

  /** One request more of an address; fails with a problem when there are too many. */
  void requireOfSource(String source) {
    if (perSource > 0) {
      var grant = sources.take(Sources.network(source), perSource);
      if (!grant.allowed()) {
        throw tooMany("source", source, grant).asException();
      }
    }
  }

  /** One request more of an account; fails with a problem when there are too many. */
  void requireOfAccount(Actor actor) {
    if (perAccount > 0) {
      var account = actor.account().isEmpty() ? actor.person() : actor.account();
      var grant = accounts.take(account, perAccount);
      if (!grant.allowed()) {
        throw tooMany("account", account, grant).asException();
      }
    }
  }

  /** One request more about a department. */
  RateLimits.Grant ofTenant(String tenant, long perSecond) {
    return tenants.take(tenant, perSecond);
  }

  /** What who sends more is told. */
  static Problem tooMany(String kind, String who, RateLimits.Grant grant) {
    return Problem.of(
            BorderCode.RATE_LIMITED,
            who + ": too many requests (expected: <= " + grant.perSecond() + " a second)")
        .header("Retry-After", Long.toString(grant.retryAfter()))
        .header("RateLimit", grant.header(kind))
        .header("RateLimit-Policy", grant.policy(kind));
  }
}
