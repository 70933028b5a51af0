package govcloud.faultlab.checker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long what may last on a machine that has a core for everybody. Where the bound of recovery is
 * looser, the others are as much looser.
 *
 * @param recovery from the end of a fault until everything has answered
 */
record Bounds(Duration recovery) {

  private static final Duration USUAL_RECOVERY = Duration.ofSeconds(60);

  private static final Map<String, Integer> GAP_SECONDS = gaps();

  private static Map<String, Integer> gaps() {
    Map<String, Integer> gaps = new HashMap<>();
    // Another node takes over: found dead, put out, slices recovered; and clients that try again.
    List.of("NODE_KILL", "NODE_PAUSE", "NODE_CUT", "NODE_ONE_WAY", "NODE_FLAPPING", "NODE_LOSS")
        .forEach(kind -> gaps.put(kind, 30));
    List.of("NODE_WITHOUT_CASSANDRA", "NODE_WITHOUT_PEERS", "SEQUENCER_KILL", "JOIN_STORM")
        .forEach(kind -> gaps.put(kind, 30));
    // Handed over in order, or nothing to hand over.
    List.of("NODE_RESTART", "NODE_CLOCK", "SIBLING_CLOCK", "WITNESS_KILL")
        .forEach(kind -> gaps.put(kind, 20));
    // Two Cassandras of three are enough, after the time limits of what waited for the third.
    List.of(
            "CASSANDRA_KILL",
            "CASSANDRA_PAUSE",
            "CASSANDRA_CUT",
            "CASSANDRA_SLOW_DISK",
            "CASSANDRA_FULL_DISK",
            "CASSANDRA_CLOCK")
        .forEach(kind -> gaps.put(kind, 25));
    // No Cassandra at all until they have started again.
    gaps.put("POWER_CUT", 90);
    // The department that may lose nothing waits for the sibling, as long as the fault lasts.
    List.of(
            "SIBLING_KILL",
            "SIBLING_FULL_DISK",
            "LINE_CUT",
            "LINE_ONE_WAY",
            "LINE_LOSS",
            "LINE_DELAY",
            "LINE_SLOW")
        .forEach(kind -> gaps.put(kind, 30));
    gaps.put("SIBLING_AWAY", 90);
    return Map.copyOf(gaps);
  }

  /** The kinds that have a bound. */
  static Set<String> kinds() {
    return GAP_SECONDS.keySet();
  }

  /**
   * How long an entity may be without an acknowledgement because of one fault that stands alone.
   *
   * @return empty for a kind that is not known
   */
  Optional<Duration> gap(String kind) {
    return Optional.ofNullable(GAP_SECONDS.get(kind))
        .map(seconds -> recovery.multipliedBy(seconds).dividedBy(USUAL_RECOVERY.toSeconds()));
  }
}
