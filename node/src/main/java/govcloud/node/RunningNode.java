package govcloud.node;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import govcloud.journal.HybridClock;
import govcloud.journal.cassandra.TablePart;
import govcloud.journal.plugin.CassandraDoor;
import govcloud.journal.plugin.SliceJournal;
import govcloud.journal.schema.KeyspaceSettings;
import govcloud.journal.schema.RecoveryState;
import govcloud.journal.schema.SchemaMigrations;
import govcloud.journal.schema.SchemaMode;
import govcloud.node.catalogue.AppCatalogue;
import govcloud.node.catalogue.JsonFormReader;
import govcloud.node.cluster.CassandraSafety;
import govcloud.node.cluster.ClosedRemoting;
import govcloud.node.cluster.ClusterJoin;
import govcloud.node.cluster.ClusterSettings;
import govcloud.node.cluster.LiveCluster;
import govcloud.node.cluster.NodeDrain;
import govcloud.node.cluster.SliceNews;
import govcloud.node.eventsourcing.AggregateTypes;
import govcloud.node.eventsourcing.DamageRegister;
import govcloud.node.eventsourcing.DomainJackson;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.EntitySharding;
import govcloud.node.eventsourcing.WritePermit;
import govcloud.node.metric.NodeMetrics;
import govcloud.node.recovery.OpeningTenants;
import govcloud.node.replication.HomeArchive;
import govcloud.node.replication.SiblingCloud;
import govcloud.node.tls.ClusterEngines;
import govcloud.node.tls.ManagementDoor;
import govcloud.node.tls.NodeTls;
import govcloud.node.vault.PersonalData;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProviderSetup;

/** A node from the actor system to the last feature, but without its listener. */
public final class RunningNode {

  private static final String SYSTEM = "govcloud";

  private final NodeContext context;
  private final LiveCluster cluster;

  private RunningNode(NodeContext context, LiveCluster cluster) {
    this.context = context;
    this.cluster = cluster;
  }

  /**
   * Starts a node and waits until it is a member that hosts entities. Blocks; what it has begun is
   * ended when it fails.
   *
   * @param version of the program, told to the other nodes
   */
  public static RunningNode start(NodeConfiguration configuration, String version, Clock clock) {
    var tls = tls(configuration, clock);
    var catalogue = AppCatalogue.load(configuration.catalogue());
    var system = remoting(configuration, catalogue, version, tls);
    try {
      return start(system, configuration, catalogue, clock);
    } catch (RuntimeException e) {
      system.terminate();
      throw e;
    }
  }

  private static NodeTls tls(NodeConfiguration configuration, Clock clock) {
    return new SettingsCheck(configuration.all())
        .read(
            () -> {
              var tls =
                  NodeTls.open(
                      configuration.tls(),
                      configuration.management().host(),
                      configuration.cassandra(),
                      clock);
              TransportRules.check(configuration, tls);
              return tls;
            });
  }

  private static ActorSystem<Void> remoting(
      NodeConfiguration configuration, AppCatalogue catalogue, String version, NodeTls tls) {
    var cluster = configuration.cluster();
    try {
      return actorSystem(configuration, catalogue, version, tls);
    } catch (RuntimeException e) {
      throw TakenPort.explain("govcloud.cluster.port", cluster.host(), cluster.port(), e);
    }
  }

  private static ActorSystem<Void> actorSystem(
      NodeConfiguration configuration, AppCatalogue catalogue, String version, NodeTls tls) {
    var transport = tls.cluster().isPresent() ? "tls-tcp" : "tcp";
    var settings = settings(configuration.all(), version, configuration.node().name(), transport);
    var types = NodeAggregates.all(catalogue, new JsonFormReader(), configuration.sharing());
    var setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(settings),
            JacksonObjectMapperProviderSetup.create(new DomainJackson(types)),
            types,
            tls);
    return ActorSystem.create(Behaviors.empty(), SYSTEM, withDoors(setup, tls));
  }

  /** What the program itself sets wins over what a file says. */
  static Config settings(Config file, String version, String node, String transport) {
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.cluster.app-version",
                version,
                "pekko.cluster.roles",
                java.util.List.of(LiveCluster.roleOf(node)),
                "pekko.remote.artery.transport",
                transport),
            "the program")
        .withFallback(ClosedRemoting.settings())
        .withFallback(file);
  }

  private static ActorSystemSetup withDoors(ActorSystemSetup setup, NodeTls tls) {
    var all = setup;
    if (tls.cluster().isPresent()) {
      all = all.withSetup(ClusterEngines.of(tls.cluster().get()));
    }
    if (tls.cassandra().isPresent()) {
      all = all.withSetup(new CassandraDoor(tls.cassandra().get()));
    }
    return all;
  }

  private static RunningNode start(
      ActorSystem<Void> system,
      NodeConfiguration configuration,
      AppCatalogue catalogue,
      Clock clock) {
    var node = configuration.node();
    var journal = SliceJournal.get(system);
    var opening = migrate(system, journal, configuration, clock);
    ProductionStart.requireClock(configuration.mode(), journal.session(TablePart.STATE), clock);
    new CassandraSafety(journal.session(TablePart.STATE)).report(system.log());
    var permit = opening.behind(permit(system, configuration));
    join(system, configuration);
    var hybridClock = new HybridClock(clock);
    journal.onClosed(hybridClock::next);
    var damage = new DamageRegister(node.name(), clock);
    var sharding =
        EntitySharding.on(
            journal, types(system), configuration.entities(), hybridClock, permit, damage, clock);
    var entities = sharding.start(system);
    var cluster = cluster(system, configuration, sharding, damage, clock);
    stayInTouch(system, journal, configuration.cluster());
    requireAdministrators(configuration, entities);
    var context =
        new NodeContext(
            system,
            entities,
            cluster,
            journal,
            hybridClock,
            cluster,
            journal.session(TablePart.STATE),
            node,
            catalogue,
            configuration.archive(),
            opening,
            personal(configuration, journal, clock),
            clock);
    return new RunningNode(context, cluster);
  }

  private static void requireAdministrators(NodeConfiguration configuration, Entities entities) {
    new SettingsCheck(configuration.all())
        .read(
            () -> {
              ProductionStart.requireAdministrators(configuration, entities);
              return entities;
            });
  }

  private static PersonalData personal(
      NodeConfiguration configuration, SliceJournal journal, Clock clock) {
    return new SettingsCheck(configuration.all())
        .read(
            () ->
                configuration
                    .archive()
                    .map(
                        home ->
                            PersonalData.of(
                                home.keys(),
                                journal.session(TablePart.STATE),
                                journal.cassandra().keyspace(),
                                clock))
                    .orElseGet(PersonalData::none));
  }

  /** Begins to watch whether this site was given up, before anything is hosted. */
  private static WritePermit permit(ActorSystem<?> system, NodeConfiguration configuration) {
    var archive = configuration.archive();
    archive.ifPresent(home -> SiblingCloud.watchSite(system, configuration.replication(), home));
    return archive.<WritePermit>map(HomeArchive::site).orElse(WritePermit.OPEN);
  }

  private static LiveCluster cluster(
      ActorSystem<?> system,
      NodeConfiguration configuration,
      EntitySharding sharding,
      DamageRegister damage,
      Clock clock) {
    return LiveCluster.start(
        system,
        configuration.node().name(),
        configuration.node().slices(),
        sharding.proxy(),
        configuration.cluster(),
        damage,
        SliceJournal.get(system)::release,
        NodeMetrics.get(system).meter(),
        clock);
  }

  private static void stayInTouch(
      ActorSystem<?> system, SliceJournal journal, ClusterSettings settings) {
    NodeDrain.prepare(system, settings);
    SliceNews.start(system, journal, settings.wakeInterval());
  }

  private static AggregateTypes types(ActorSystem<?> system) {
    return system.settings().setup().get(AggregateTypes.class).orElseThrow();
  }

  /** Prepares the keyspace, in which a recovery may still prove one department after another. */
  private static OpeningTenants migrate(
      ActorSystem<?> system, SliceJournal journal, NodeConfiguration configuration, Clock clock) {
    var cassandra = configuration.cassandra();
    journal.asOwner(
        owner ->
            SchemaMigrations.run(
                owner,
                cassandra,
                SchemaMode.from(configuration.all()),
                configuration.node().name()));
    var state = journal.session(TablePart.STATE);
    var copied = configuration.node().copyOf();
    if (copied.isPresent()) {
      RecoveryState.requireCopy(state, cassandra, copied.get());
      requireSettings(state, configuration);
      return OpeningTenants.only(copied.get());
    }
    boolean isOpening = RecoveryState.requireProved(state, cassandra);
    requireSettings(state, configuration);
    if (!isOpening) {
      return OpeningTenants.all();
    }
    var opening = OpeningTenants.watch(system, state, cassandra.keyspace(), clock);
    journal.readBy((slice, reply) -> reply.succeed(opening.comparedUpTo()));
    return opening;
  }

  private static void requireSettings(CqlSession state, NodeConfiguration configuration) {
    KeyspaceSettings.require(
        state, configuration.cassandra(), configuration.all(), configuration.archive().isPresent());
  }

  private static void join(ActorSystem<?> system, NodeConfiguration configuration) {
    var management = configuration.management();
    try {
      ManagementDoor.open(system).toCompletableFuture().join();
    } catch (RuntimeException e) {
      throw TakenPort.explain("govcloud.management.port", management.host(), management.port(), e);
    }
    ClusterJoin.join(system, configuration.cluster()).toCompletableFuture().join();
  }

  /** What features get. */
  public NodeContext context() {
    return context;
  }

  /** Tells the other nodes where this node's API listens. */
  public void listening(String url) {
    cluster.listening(url);
  }

  /** Completes when the node has ended. */
  public CompletionStage<Done> ended() {
    return context.system().getWhenTerminated();
  }
}
