package govcloud.node.replication;

import govcloud.node.cluster.ClusterView.NodeAlarm;
import govcloud.node.cluster.ClusterView.ToldAlarms;
import govcloud.node.replication.ReplicationAlarm.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One list of the alarms of all nodes. Most are seen by every node; of one that only some see it
 * says which. Pure.
 */
public final class CloudAlarms {
  private record Seen(String node, NodeAlarm alarm) {}

  private CloudAlarms() {}

  /** What a node tells the others. */
  static List<NodeAlarm> told(List<ReplicationAlarm> alarms) {
    return alarms.stream()
        .map(one -> new NodeAlarm(one.kind().name(), one.subject(), one.detail(), one.since()))
        .toList();
  }

  /** The alarms of the cloud, each once, since the first node saw it; in the order of kinds. */
  public static List<ReplicationAlarm> of(ToldAlarms told) {
    SortedMap<Kind, SortedMap<String, List<Seen>>> seen = new TreeMap<>();
    told.byNode()
        .forEach(
            (node, alarms) ->
                alarms.forEach(
                    alarm ->
                        kind(alarm)
                            .ifPresent(
                                kind ->
                                    seen.computeIfAbsent(kind, k -> new TreeMap<>())
                                        .computeIfAbsent(alarm.subject(), s -> new ArrayList<>())
                                        .add(new Seen(node, alarm)))));
    List<ReplicationAlarm> alarms = new ArrayList<>();
    seen.forEach(
        (kind, subjects) ->
            subjects.forEach(
                (subject, by) -> alarms.add(one(kind, subject, by, told.byNode().size()))));
    return alarms;
  }

  /**
   * A node of a newer version may know kinds that this one cannot explain; it shows them itself.
   */
  private static Optional<Kind> kind(NodeAlarm alarm) {
    return Arrays.stream(Kind.values()).filter(kind -> kind.name().equals(alarm.kind())).findAny();
  }

  private static ReplicationAlarm one(Kind kind, String subject, List<Seen> by, int nodes) {
    Seen first =
        by.stream()
            .min(
                Comparator.comparing((Seen seen) -> seen.alarm().since()).thenComparing(Seen::node))
            .orElseThrow();
    Instant since = first.alarm().since();
    String who = String.join(", ", by.stream().map(Seen::node).toList());
    String detail = first.alarm().detail();
    return new ReplicationAlarm(
        kind, subject, by.size() == nodes ? detail : detail + " (" + who + ")", since);
  }
}
