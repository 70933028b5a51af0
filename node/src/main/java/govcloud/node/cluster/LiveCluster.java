package govcloud.node.cluster;

import govcloud.node.eventsourcing.DamageRegister;
import govcloud.node.eventsourcing.DamagedEntities;
import io.opentelemetry.api.metrics.Meter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The cluster as the agents of its nodes know it. */
public final class LiveCluster implements ClusterView, DamagedEntities {

  /** The agent answers from memory; longer means that the node itself is in trouble. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ActorSystem<?> system;
  private final String self;
  private final ActorRef<Object> agent;

  private LiveCluster(ActorSystem<?> system, String self, ActorRef<Object> agent) {
    this.system = system;
    this.self = self;
    this.agent = agent;
  }

  /**
   * Starts this node's agent; the node must be a member and host entities.
   *
   * @param proxy of the sharded entities
   * @param released told of every slice that this node has ceased to host
   * @param meter for what is measured of the cluster
   */
  public static LiveCluster start(
      ActorSystem<?> system,
      String name,
      int slices,
      org.apache.pekko.actor.ActorRef proxy,
      ClusterSettings settings,
      DamageRegister damage,
      IntConsumer released,
      Meter meter,
      Clock clock) {
    var node =
        new NodeAgent.Node(
            name,
            slices,
            proxy,
            settings,
            damage,
            released,
            () -> NodeDrain.begin(system),
            meter,
            clock);
    return new LiveCluster(
        system, name, system.systemActorOf(NodeAgent.create(node), "node-agent", Props.empty()));
  }

  /** The cluster role that tells the others a node's name. */
  public static String roleOf(String name) {
    return NodeAgent.NAME_ROLE + name;
  }

  /** Tells the other nodes where this node's API listens. */
  public void listening(String url) {
    agent.tell(new NodeAgent.Listening(url));
  }

  @Override
  public String self() {
    return self;
  }

  @Override
  public CompletionStage<ClusterState> state() {
    return AskPattern.ask(agent, NodeAgent.GetState::new, PATIENCE, system.scheduler());
  }

  @Override
  public CompletionStage<Boolean> drain(String node) {
    return AskPattern.ask(
        agent, replyTo -> new NodeAgent.DrainNode(node, replyTo), PATIENCE, system.scheduler());
  }

  @Override
  public void raising(Supplier<List<NodeAlarm>> alarms) {
    agent.tell(new NodeAgent.Raising(alarms));
  }

  @Override
  public CompletionStage<ToldAlarms> alarms() {
    return AskPattern.ask(agent, NodeAgent.GetAlarms::new, PATIENCE, system.scheduler());
  }

  @Override
  public boolean draining() {
    return CoordinatedShutdown.get(system).getShutdownReason().isPresent();
  }

  @Override
  public CompletionStage<List<DamagedEntity>> everywhere() {
    return AskPattern.ask(agent, NodeAgent.GetDamaged::new, PATIENCE, system.scheduler());
  }
}
