package govcloud.node.cluster;

import govcloud.node.eventsourcing.DamagedEntities.DamagedEntity;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/** What the agents of nodes say to each other. */
sealed interface ClusterMessage {

  /** Asks a node about itself. */
  record AskFacts(ActorRef<ClusterMessage> replyTo) implements ClusterMessage {}

  /**
   * What a node says of itself.
   *
   * @param http base URL of its API; empty as long as it does not listen
   * @param damaged entities that it found damaged
   * @param alarms that it raises
   */
  record Facts(
      String name,
      String address,
      String http,
      List<DamagedEntity> damaged,
      List<ClusterView.NodeAlarm> alarms)
      implements ClusterMessage {
    public Facts {
      // A node of the version before does not tell them.
      alarms = alarms == null ? List.of() : List.copyOf(alarms);
    }
  }

  /** Tells a node to hand everything over and leave. */
  record Drain() implements ClusterMessage {}

  /** The latest positions of slices hosted by the node {@code address}. */
  record SlicesAdvanced(String address, Map<Integer, Long> positions) implements ClusterMessage {}
}
