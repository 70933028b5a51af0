package govcloud.node.cluster;

import govcloud.node.cluster.ClusterMessage.AskFacts;
import govcloud.node.cluster.ClusterMessage.Drain;
import govcloud.node.cluster.ClusterMessage.Facts;
import govcloud.node.cluster.ClusterView.Unallocated;
import govcloud.node.eventsourcing.DamageRegister;
import govcloud.node.eventsourcing.DamagedEntities.DamagedEntity;
import govcloud.node.eventsourcing.EntitySharding;
import io.opentelemetry.api.metrics.Meter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.typed.Cluster;
import scala.concurrent.duration.Duration;

/**
 * Speaks for its node among the others: knows who hosts what, gives slices without host a home, and
 * begins a drain when told to. One on every node, found by the receptionist.
 */
final class NodeAgent extends AbstractBehavior<Object> {

  /** Cluster roles that begin so carry the node's name. */
  static final String NAME_ROLE = "name-";

  private static final ServiceKey<ClusterMessage> KEY =
      ServiceKey.create(ClusterMessage.class, "node-agent");

  private enum Tick {
    TICK
  }

  /** Asks for members and allocation. */
  record GetState(org.apache.pekko.actor.typed.ActorRef<ClusterView.ClusterState> replyTo) {}

  /** Asks for the damaged entities of all nodes. */
  record GetDamaged(org.apache.pekko.actor.typed.ActorRef<List<DamagedEntity>> replyTo) {}

  /** Asks for the alarms of all nodes. */
  record GetAlarms(org.apache.pekko.actor.typed.ActorRef<ClusterView.ToldAlarms> replyTo) {}

  /** This node raises these alarms from now on. */
  record Raising(Supplier<List<ClusterView.NodeAlarm>> alarms) {}

  /** Whoever asked has waited for long enough. */
  private record Due(AlarmRound round) {}

  /** Passes a drain on to the node of this name; the answer says whether it is known. */
  record DrainNode(String node, org.apache.pekko.actor.typed.ActorRef<Boolean> replyTo) {}

  /** This node's API listens at {@code url}. */
  record Listening(String url) {}

  /**
   * What an agent needs of its node.
   *
   * @param name of the node
   * @param slices of the cloud
   * @param proxy of the sharded entities
   * @param released told of every slice that this node has ceased to host
   * @param drain begins the drain of this node
   * @param meter for what the agent measures
   */
  record Node(
      String name,
      int slices,
      ActorRef proxy,
      ClusterSettings settings,
      DamageRegister damage,
      IntConsumer released,
      Runnable drain,
      Meter meter,
      Clock clock) {}

  private final Node node;
  private final Cluster cluster;
  private final SliceAllocation allocation;
  private final HostlessSlices hostless;
  private final Map<String, Facts> facts = new HashMap<>();
  private final List<AlarmRound> rounds = new ArrayList<>();
  private Supplier<List<ClusterView.NodeAlarm>> alarms = List::of;
  private Set<org.apache.pekko.actor.typed.ActorRef<ClusterMessage>> agents = Set.of();
  private Set<Integer> hosted = Set.of();
  private String http = "";
  private Instant answeredAt;

  static Behavior<Object> create(Node node) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Tick.TICK, node.settings().watchInterval());
                  return new NodeAgent(context, node);
                }));
  }

  private NodeAgent(ActorContext<Object> context, Node node) {
    super(context);
    this.node = node;
    this.cluster = Cluster.get(context.getSystem());
    this.answeredAt = node.clock().instant();
    this.allocation = new SliceAllocation(node.slices());
    this.hostless = new HostlessSlices(node.settings().unallocatedAlarm(), context.getLog());
    hostless.measure(node.meter());
    var receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.register(KEY, context.getSelf().narrow()));
    // A receptionist watches each of its partners for one reason only: another ref to subscribe.
    receptionist.tell(
        Receptionist.subscribe(
            KEY, context.messageAdapter(Receptionist.Listing.class, listing -> listing)));
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(Tick.class, tick -> look())
        .onMessage(Receptionist.Listing.class, this::listed)
        .onMessage(ShardRegion.ClusterShardingStats.class, this::allocated)
        .onMessage(AskFacts.class, this::tellFacts)
        .onMessage(Facts.class, this::heard)
        .onMessage(Listening.class, this::listening)
        .onMessage(GetState.class, this::tellState)
        .onMessage(GetDamaged.class, this::tellDamaged)
        .onMessage(GetAlarms.class, this::askAlarms)
        .onMessage(Raising.class, this::raising)
        .onMessage(Due.class, due -> ended(due.round()))
        .onMessage(DrainNode.class, this::passOn)
        .onMessage(Drain.class, drain -> drain())
        .build();
  }

  private Behavior<Object> look() {
    var self = getContext().getSelf();
    var now = node.clock().instant();
    if (answeredAt.plus(node.settings().factsTimeout().multipliedBy(2)).isBefore(now)) {
      // Nobody coordinates: whatever was known of the allocation no longer counts.
      allocation.seen(Map.of(), now);
    }
    hostless.look(allocation.missing(), now);
    agents.forEach(agent -> agent.tell(new AskFacts(self.narrow())));
    var timeout = Duration.fromNanos(node.settings().factsTimeout().toNanos());
    node.proxy().tell(new ShardRegion.GetClusterShardingStats(timeout), Adapter.toClassic(self));
    return this;
  }

  private Behavior<Object> listed(Receptionist.Listing listing) {
    agents = listing.getServiceInstances(KEY);
    return look();
  }

  private Behavior<Object> allocated(ShardRegion.ClusterShardingStats stats) {
    var hosts = new HashMap<Integer, String>();
    stats
        .getRegions()
        .forEach(
            (address, region) ->
                region
                    .getStats()
                    .keySet()
                    .forEach(shard -> hosts.put(Integer.valueOf(shard), addressOf(address))));
    answeredAt = node.clock().instant();
    allocation.seen(hosts, answeredAt);
    var missing = allocation.missing().stream().map(Unallocated::slice).toList();
    EntitySharding.host(getContext().getSystem(), node.proxy(), missing);
    releaseWhatHasLeft();
    return this;
  }

  private void releaseWhatHasLeft() {
    var now = new HashSet<>(allocation.hostedBy(selfAddress()));
    hosted.stream().filter(slice -> !now.contains(slice)).forEach(node.released()::accept);
    hosted = now;
  }

  private String selfAddress() {
    return cluster.selfMember().address().toString();
  }

  private String addressOf(org.apache.pekko.actor.Address address) {
    return address.hasLocalScope() ? selfAddress() : address.toString();
  }

  private Behavior<Object> tellFacts(AskFacts ask) {
    ask.replyTo()
        .tell(new Facts(node.name(), selfAddress(), http, node.damage().all(), alarms.get()));
    return this;
  }

  private Behavior<Object> heard(Facts said) {
    facts.put(said.address(), said);
    List.copyOf(rounds).stream().filter(round -> round.heard(said)).forEach(this::ended);
    return this;
  }

  private Behavior<Object> raising(Raising raising) {
    alarms = raising.alarms();
    return this;
  }

  private Behavior<Object> askAlarms(GetAlarms ask) {
    var asked = new HashMap<String, String>();
    for (var member : cluster.state().getMembers()) {
      if (member.status().equals(MemberStatus.up())) {
        asked.put(member.address().toString(), nameOf(member));
      }
    }
    var round = new AlarmRound(ask.replyTo(), asked, facts);
    rounds.add(round);
    getContext().scheduleOnce(AlarmRound.LIMIT, getContext().getSelf(), new Due(round));
    agents.forEach(agent -> agent.tell(new AskFacts(getContext().getSelf().narrow())));
    return this;
  }

  private Behavior<Object> ended(AlarmRound round) {
    if (rounds.remove(round)) {
      round.answer();
    }
    return this;
  }

  private Behavior<Object> listening(Listening listening) {
    http = listening.url();
    return look();
  }

  private Behavior<Object> tellState(GetState ask) {
    var state = cluster.state();
    var unreachable = state.getUnreachable();
    var nodes = new ArrayList<ClusterView.Node>();
    for (var member : state.getMembers()) {
      nodes.add(nodeOf(member, unreachable.contains(member)));
    }
    nodes.sort(Comparator.comparing(ClusterView.Node::name));
    ask.replyTo().tell(new ClusterView.ClusterState(nodes, node.slices(), allocation.missing()));
    return this;
  }

  private ClusterView.Node nodeOf(Member member, boolean unreachable) {
    var address = member.address().toString();
    var known = facts.get(address);
    return new ClusterView.Node(
        nameOf(member),
        address,
        unreachable ? "unreachable" : statusOf(member),
        member.appVersion().version(),
        allocation.hostedBy(address),
        known == null ? "" : known.http());
  }

  private static String statusOf(Member member) {
    var status = member.status().toString().toLowerCase(java.util.Locale.ROOT);
    return status.equals("weaklyup") ? "joining" : status;
  }

  private static String nameOf(Member member) {
    return member.getRoles().stream()
        .filter(role -> role.startsWith(NAME_ROLE))
        .map(role -> role.substring(NAME_ROLE.length()))
        .findFirst()
        .orElseGet(() -> member.address().toString());
  }

  private Behavior<Object> tellDamaged(GetDamaged ask) {
    var members = new HashSet<String>();
    cluster.state().getMembers().forEach(member -> members.add(member.address().toString()));
    facts.keySet().retainAll(members);
    var damaged = new HashMap<String, DamagedEntity>();
    facts
        .values()
        .forEach(said -> said.damaged().forEach(found -> damaged.put(found.entityId(), found)));
    ask.replyTo()
        .tell(
            damaged.values().stream()
                .sorted(Comparator.comparing(DamagedEntity::entityId))
                .toList());
    return this;
  }

  private Behavior<Object> passOn(DrainNode ask) {
    var address =
        facts.values().stream()
            .filter(said -> said.name().equals(ask.node()))
            .map(Facts::address)
            .findFirst();
    var agent =
        agents.stream()
            .filter(one -> address.filter(addressOf(one.path().address())::equals).isPresent())
            .findFirst();
    agent.ifPresent(one -> one.tell(new Drain()));
    ask.replyTo().tell(agent.isPresent());
    return this;
  }

  private Behavior<Object> drain() {
    getContext().getLog().info("told to drain");
    node.drain().run();
    return this;
  }
}
