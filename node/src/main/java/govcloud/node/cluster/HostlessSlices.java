package govcloud.node.cluster;

import govcloud.node.cluster.ClusterView.Unallocated;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;

/**
 * Tells of slices that have been without a host for too long when it happens, and not when somebody
 * looks: each once in the log, and their number as a figure. Looked at by one thread.
 */
final class HostlessSlices {

  private final Duration alarm;
  private final Logger log;
  private SortedSet<Integer> told = new TreeSet<>();
  private volatile int number;

  /**
   * None so far.
   *
   * @param alarm how long a slice may be without host, as it is for a moment while it moves
   */
  HostlessSlices(Duration alarm, Logger log) {
    this.alarm = alarm;
    this.log = log;
  }

  /** Begins to measure. */
  void measure(Meter meter) {
    meter
        .gaugeBuilder("govcloud.cluster.hostless.slices")
        .ofLongs()
        .setUnit("{slice}")
        .setDescription("Slices that no node hosts for longer than unallocated-alarm")
        .buildWithCallback(to -> to.record(number));
  }

  /** Takes note of what is without host at an instant. */
  void look(List<Unallocated> missing, Instant now) {
    SortedSet<Integer> late = new TreeSet<>();
    missing.stream()
        .filter(slice -> !slice.since().plus(alarm).isAfter(now))
        .forEach(slice -> late.add(slice.slice()));
    SortedSet<Integer> begun = new TreeSet<>(late);
    begun.removeAll(told);
    SortedSet<Integer> ended = new TreeSet<>(told);
    ended.removeAll(late);
    told = late;
    number = late.size();
    if (!begun.isEmpty()) {
      log.error("SLICE_WITHOUT_HOST: no node hosts slices {} (expected: within {})", begun, alarm);
    }
    if (!ended.isEmpty()) {
      log.info("slices {}: hosted again", ended);
    }
  }
}
