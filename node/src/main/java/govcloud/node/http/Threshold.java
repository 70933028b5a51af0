package govcloud.node.http;

import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * What is asked of every request before anything of it is looked up: that it does not come too
 * often, and is for a host that is served here.
 */
public final class Threshold {

  private final Hosts hosts;
  private final RequestRates rates;

  Threshold(Hosts hosts, RequestRates rates) {
    this.hosts = hosts;
    this.rates = rates;
  }

  /**
   * As the settings say.
   *
   * @param nanoTime a clock in nanoseconds that only goes forward
   */
  public static Threshold of(ActorSystem<?> system, HttpSettings settings, LongSupplier nanoTime) {
    return new Threshold(Hosts.of(system, settings), new RequestRates(settings, nanoTime));
  }

  /** Fails with a problem when a request may not come in. */
  void require(HttpRequest request) {
    rates.requireOfSource(Visit.of(request).source());
    hosts.require(request);
  }

  /** The rates, of which some are asked for later. */
  RequestRates rates() {
    return rates;
  }
}
