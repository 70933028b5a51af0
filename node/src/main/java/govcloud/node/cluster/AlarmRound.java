package govcloud.node.cluster;

import govcloud.node.cluster.ClusterMessage.Facts;
import govcloud.node.cluster.ClusterView.NodeAlarm;
import govcloud.node.cluster.ClusterView.ToldAlarms;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;

/** Somebody wants to know the alarms of all nodes, and waits until each has told or is silent. */
final class AlarmRound {
  /** So long it waits: the first page is not kept waiting by a node that is in trouble. */
  static final Duration LIMIT = Duration.ofSeconds(1);

  private final ActorRef<ToldAlarms> replyTo;
  private final Map<String, String> silent;
  private final SortedMap<String, List<NodeAlarm>> told = new TreeMap<>();

  /**
   * Nobody has told yet.
   *
   * @param members names by addresses
   * @param known what was told before, by addresses
   */
  AlarmRound(ActorRef<ToldAlarms> replyTo, Map<String, String> members, Map<String, Facts> known) {
    this.replyTo = replyTo;
    this.silent = new HashMap<>(members);
    members.forEach(
        (address, name) -> {
          if (known.containsKey(address)) {
            told.put(name, known.get(address).alarms());
          }
        });
  }

  /**
   * A node has told.
   *
   * @return whether that was the last
   */
  boolean heard(Facts said) {
    if (silent.remove(said.address()) != null) {
      told.put(said.name(), said.alarms());
    }
    return silent.isEmpty();
  }

  /** Tells who asked what is known. */
  void answer() {
    replyTo.tell(new ToldAlarms(told, silent.values().stream().sorted().toList()));
  }
}
