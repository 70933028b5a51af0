package govcloud.node.readmodel;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import govcloud.domain.Actor;
import govcloud.domain.app.AppInstance;
import govcloud.domain.app.AppInstanceCommand;
import govcloud.domain.app.AppInstanceState;
import govcloud.domain.casework.Case;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.casework.CaseEvent;
import govcloud.domain.casework.CaseState;
import govcloud.domain.catalogue.Catalogue;
import govcloud.domain.operation.Operation;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.domain.tenant.Tenant;
import govcloud.domain.tenant.TenantCommand;
import govcloud.domain.tenant.TenantState;
import govcloud.journal.HybridClock;
import govcloud.journal.plugin.SliceJournal;
import govcloud.journal.schema.SchemaMigrations;
import govcloud.journal.schema.SchemaMode;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.NodeContext;
import govcloud.node.NodeSettings;
import govcloud.node.catalogue.CatalogueSettings;
import govcloud.node.catalogue.JsonFormReader;
import govcloud.node.catalogue.ShippedApps;
import govcloud.node.cluster.ClusterView;
import govcloud.node.eventsourcing.AggregateType;
import govcloud.node.eventsourcing.AggregateTypes;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.DamageRegister;
import govcloud.node.eventsourcing.DamagedEntities;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.EntitySettings;
import govcloud.node.eventsourcing.EntitySharding;
import govcloud.node.eventsourcing.Request;
import govcloud.node.eventsourcing.WritePermit;
import govcloud.node.projection.CommitDecoder;
import govcloud.node.projection.Generations;
import govcloud.node.projection.ProjectionSettings;
import govcloud.node.projection.Projections;
import govcloud.node.projection.RecordHandler;
import govcloud.node.projection.parking.Parking;
import govcloud.node.recovery.OpeningTenants;
import govcloud.node.vault.PersonalData;
import govcloud.protobuf.journal.AppInstanceCodec;
import govcloud.protobuf.journal.CaseCodec;
import govcloud.protobuf.journal.CommitCodec;
import govcloud.protobuf.journal.OperationCodec;
import govcloud.protobuf.journal.TenantCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/**
 * A node with entities and read models on a real Cassandra, without listener; a cluster of its own.
 */
final class OneNode implements AutoCloseable {

  private final org.apache.pekko.actor.ActorSystem classic;
  private final ReadModelsFeature feature =
      new ReadModelsFeature(context -> CompletableFuture.completedStage(List.of()));
  private final AggregateTypes types;
  private final Entities entities;
  private final HybridClock hybridClock;
  private final DamageRegister damage;

  private OneNode(
      org.apache.pekko.actor.ActorSystem classic,
      AggregateTypes types,
      Entities entities,
      HybridClock hybridClock,
      DamageRegister damage) {
    this.classic = classic;
    this.types = types;
    this.entities = entities;
    this.hybridClock = hybridClock;
    this.damage = damage;
  }

  static OneNode start(LocalCassandra cassandra, String keyspace) {
    return start(cassandra, keyspace, new CaseCodec());
  }

  /** A node that reads and writes cases in its own way. */
  static OneNode start(LocalCassandra cassandra, String keyspace, CommitCodec<CaseEvent> cases) {
    var catalogue = ShippedApps.load(CatalogueSettings.CloudKind.EXTRANET);
    OneNode node = entities(types(catalogue, cases), configuration(cassandra, keyspace));
    node.serve(catalogue);
    return node;
  }

  /** A node with entities alone, without read models. */
  static OneNode bare(LocalCassandra cassandra, String keyspace, String settings) {
    var catalogue = ShippedApps.load(CatalogueSettings.CloudKind.EXTRANET);
    return entities(
        types(catalogue, new CaseCodec()),
        ConfigFactory.parseString(settings).withFallback(configuration(cassandra, keyspace)));
  }

  private static OneNode entities(AggregateTypes types, Config settings) {
    Clock clock = Clock.systemUTC();
    var classic =
        org.apache.pekko.actor.ActorSystem.create(
            "views", ActorSystemSetup.create(BootstrapSetup.create(settings), types));
    ActorSystem<Void> system = Adapter.toTyped(classic);
    SliceJournal journal = SliceJournal.get(classic);
    SchemaMigrations.run(journal.session(), journal.cassandra(), SchemaMode.MIGRATE, "node-1");
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    HybridClock hybridClock = new HybridClock(clock);
    DamageRegister damage = new DamageRegister("node-1", clock);
    Entities entities =
        EntitySharding.on(
                journal,
                types,
                EntitySettings.from(settings),
                hybridClock,
                WritePermit.OPEN,
                damage,
                clock)
            .start(system);
    return new OneNode(classic, types, entities, hybridClock, damage);
  }

  private void serve(Catalogue catalogue) {
    SliceJournal journal = SliceJournal.get(classic);
    DamagedEntities damaged = () -> CompletableFuture.completedFuture(damage.all());
    feature.start(
        new NodeContext(
            Adapter.toTyped(classic),
            entities,
            damaged,
            journal,
            hybridClock,
            new Alone(journal.slices().count()),
            journal.session(),
            new NodeSettings("node-1", "extranet", journal.slices().count(), Optional.empty()),
            catalogue,
            Optional.empty(),
            OpeningTenants.all(),
            PersonalData.none(),
            Clock.systemUTC()));
  }

  /** Keeps up projections of a test in place of the read models. */
  Projections follow(Map<String, RecordHandler.Factory> handlers, Clock clock) {
    ActorSystem<Void> system = Adapter.toTyped(classic);
    SliceJournal journal = SliceJournal.get(classic);
    return Projections.start(
        system,
        journal,
        handlers,
        ProjectionSettings.from(classic.settings().config()),
        new Parking(system, journal, entities, decoder(), 0, "extranet", clock),
        new Generations(journal.session(), journal.cassandra().keyspace(), clock),
        clock);
  }

  /** Reads what records carry. */
  CommitDecoder decoder() {
    return stored ->
        types.of(stored.getEntityId()).codec().decode(stored.getPayload().toByteArray());
  }

  private static AggregateTypes types(Catalogue catalogue, CommitCodec<CaseEvent> cases) {
    return new AggregateTypes(
        List.of(
            new AggregateType<>(
                new Tenant(), new TenantCodec(), TenantCommand.class, TenantState.class),
            new AggregateType<>(
                new AppInstance(catalogue),
                new AppInstanceCodec(),
                AppInstanceCommand.class,
                AppInstanceState.class),
            new AggregateType<>(
                new Case(catalogue, new JsonFormReader()),
                cases,
                CaseCommand.class,
                CaseState.class),
            new AggregateType<>(
                new Operation(),
                new OperationCodec(),
                OperationCommand.class,
                OperationState.class)));
  }

  private static Config configuration(LocalCassandra cassandra, String keyspace) {
    var address = cassandra.contactPoint();
    return ConfigFactory.parseString(
            """
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.loglevel = WARNING
            pekko.cluster.jmx.multi-mbeans-in-same-jvm = on
            pekko.persistence.journal.plugin = "govcloud.journal"
            pekko.persistence.snapshot-store.plugin = "govcloud.snapshots"
            pekko.cluster.sharding.number-of-shards = 16
            pekko.coordinated-shutdown.exit-jvm = off
            pekko.projection.cassandra {
              session-config.session-provider = "govcloud.node.projection.SharedSessionProvider"
              offset-store.keyspace = ${govcloud.cassandra.keyspace}
              offset-store.table = projection_offset_store
            }
            # Machines that build do other things as well.
            govcloud.entities { ask-timeout = 20s, time-limit = 60s }
            govcloud.journal.patience = 30s
            govcloud.cassandra.request-timeout = 20s
            govcloud.cassandra { contact-points = ["%s:%d"], keyspace = "%s" }
            """
                .formatted(address.getHostString(), address.getPort(), keyspace))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  ReadModels readModels() {
    return feature.readModels();
  }

  <S> CompletionStage<Answer<S>> ask(String entityId, Object command, Actor actor) {
    String key = entityId + command;
    return entities.ask(entityId, Request.of(command, actor).withKey(key, key));
  }

  <S> Answer<S> asked(String entityId, Object command, Actor actor) {
    return get(this.<S>ask(entityId, command, actor));
  }

  <S> Answer<S> read(String entityId) {
    return get(entities.<S>read(entityId));
  }

  org.apache.pekko.actor.ActorSystem system() {
    return classic;
  }

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Ends without leaving the cluster: projections stop wherever they are. */
  @Override
  public void close() {
    classic.terminate();
    get(classic.getWhenTerminated());
  }

  /** A cluster of which nothing is to be told. */
  private record Alone(int slices) implements ClusterView {
    @Override
    public String self() {
      return "node-1";
    }

    @Override
    public CompletionStage<ClusterState> state() {
      return CompletableFuture.completedFuture(new ClusterState(List.of(), slices, List.of()));
    }

    @Override
    public void raising(Supplier<List<NodeAlarm>> alarms) {}

    @Override
    public CompletionStage<ToldAlarms> alarms() {
      return CompletableFuture.completedFuture(new ToldAlarms(new TreeMap<>(), List.of()));
    }

    @Override
    public boolean draining() {
      return false;
    }

    @Override
    public CompletionStage<Boolean> drain(String node) {
      return CompletableFuture.completedFuture(false);
    }
  }

  static final Duration PATIENCE = Duration.ofSeconds(60);
}
