package govcloud.node.eventsourcing;

import govcloud.journal.HybridClock;
import govcloud.journal.plugin.SliceJournal;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Spreads all entities of the cloud over its nodes: one sharded type, one shard for a slice. */
public final class EntitySharding {

  /** The name of the one sharded type, as in {@code pekko.cluster.sharding.healthcheck.names}. */
  public static final String TYPE_NAME = "aggregate";

  static final EntityTypeKey<EntityMessage> KEY =
      EntityTypeKey.create(EntityMessage.class, TYPE_NAME);

  private final AggregateTypes types;
  private final EntityEnvironment environment;
  private final EntitySettings settings;
  private org.apache.pekko.actor.ActorRef proxy;

  /**
   * The sharded type on the slice journal.
   *
   * @param permit whether entities may be changed on this node
   */
  public static EntitySharding on(
      SliceJournal journal,
      AggregateTypes types,
      EntitySettings settings,
      HybridClock hybridClock,
      WritePermit permit,
      DamageRegister damage,
      Clock clock) {
    return new EntitySharding(
        types, settings, new SliceJournalSeam(journal), hybridClock, permit, damage, clock);
  }

  /**
   * Prepares the sharded type.
   *
   * @param journal what entities need of the journal
   */
  EntitySharding(
      AggregateTypes types,
      EntitySettings settings,
      JournalSeam journal,
      HybridClock hybridClock,
      WritePermit permit,
      DamageRegister damage,
      Clock clock) {
    this.types = types;
    this.settings = settings;
    this.environment =
        new EntityEnvironment(
            clock,
            hybridClock,
            permit,
            damage,
            journal,
            settings.recoveryPause(),
            settings.damagedPause());
  }

  /**
   * Begins to host entities on this node and gives access to all of them. Questions go by a proxy
   * beside the region, so that a node that has handed its entities over still forwards.
   */
  public Entities start(ActorSystem<?> system) {
    var extractor = new SliceExtractor(environment.journal()::sliceOf);
    ClusterSharding.get(system).init(Entity.of(KEY, this::entity).withMessageExtractor(extractor));
    proxy =
        org.apache.pekko.cluster.sharding.ClusterSharding.get(system)
            .startProxy(TYPE_NAME, Optional.empty(), new ClassicExtractor(extractor));
    return new ShardedEntities(
        system, Adapter.toTyped(proxy), types, environment.hybridClock(), settings);
  }

  /**
   * Answers questions of Pekko's about shards; works until the node has left. Null before start.
   */
  public org.apache.pekko.actor.ActorRef proxy() {
    return proxy;
  }

  /** Gives slices a home although nobody asks for their entities. */
  public static void host(
      ActorSystem<?> system, org.apache.pekko.actor.ActorRef proxy, Collection<Integer> slices) {
    for (var slice : slices) {
      proxy.tell(
          new EntityMessage.Read(SliceExtractor.SLICE + slice, system.ignoreRef()),
          org.apache.pekko.actor.ActorRef.noSender());
    }
  }

  private Behavior<EntityMessage> entity(EntityContext<EntityMessage> entity) {
    if (entity.getEntityId().startsWith(SliceExtractor.SLICE)) {
      return SliceClocks.home();
    }
    return Behaviors.setup(
        context ->
            guarded(
                entity.getEntityId(),
                types.of(entity.getEntityId()),
                environment,
                () -> entity.getShard().tell(new ClusterSharding.Passivate<>(context.getSelf()))));
  }

  /** An entity behind its guard. */
  static <C, E, S> Behavior<EntityMessage> guarded(
      String entityId,
      AggregateType<C, E, S> type,
      EntityEnvironment environment,
      Runnable makeRoom) {
    var unread = environment.unread(EntityHistory.tenantOf(entityId));
    if (unread.isPresent()) {
      return UnreadEntity.create(unread.get(), makeRoom);
    }
    var callers = new EntityCallers();
    Behavior<EntityMessage> entity =
        Behaviors.setup(
            context -> new AggregateEntity<>(context, entityId, type, callers, environment));
    return Behaviors.intercept(() -> new EntityGuard<EntityMessage>(callers, makeRoom), entity)
        .narrow();
  }
}
