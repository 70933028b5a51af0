package govcloud.node.metering;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests of every department on this node. A kill of the node loses what was counted
 * since the numbers were last written down: at most {@link RequestLedger#PAUSE}.
 */
public final class RequestMeter {

  private record Key(String tenant, Instant hour) {}

  private static final class Count {
    private final LongAdder requests = new LongAdder();
    private final LongAdder refused = new LongAdder();
  }

  /** Requests of a department in an hour, counted since this node started. */
  record Counted(String tenant, Instant hour, long requests, long refused) {}

  private final Map<Key, Count> counts = new ConcurrentHashMap<>();
  private final Clock clock;

  public RequestMeter(Clock clock) {
    this.clock = clock;
  }

  /** A request was answered, whatever the answer was. */
  public void answered(String tenant) {
    count(tenant).requests.increment();
  }

  /** A request was turned away because of the rate limit. */
  public void refused(String tenant) {
    count(tenant).refused.increment();
  }

  private Count count(String tenant) {
    Key key = new Key(tenant, clock.instant().truncatedTo(ChronoUnit.HOURS));
    return counts.computeIfAbsent(key, name -> new Count());
  }

  /** The numbers of every department and hour that is still kept. */
  List<Counted> counted() {
    List<Counted> all = new ArrayList<>();
    counts.forEach(
        (key, count) ->
            all.add(
                new Counted(key.tenant(), key.hour(), count.requests.sum(), count.refused.sum())));
    return all;
  }

  /** Forgets an hour that is written down for good; only hours that are long over. */
  void forget(Counted counted) {
    if (counted.hour().isBefore(clock.instant().minus(2, ChronoUnit.HOURS))) {
      counts.remove(new Key(counted.tenant(), counted.hour()));
    }
  }
}
