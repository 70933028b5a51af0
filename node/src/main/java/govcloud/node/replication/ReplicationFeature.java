package govcloud.node.replication;

import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.app.RunningApps;
import govcloud.node.http.ChangeGate;
import govcloud.node.http.Routes;
import govcloud.node.replication.ReplicaListener.Taking;
import govcloud.node.replication.cut.CutRoutes;
import govcloud.node.replication.cut.Cuts;
import govcloud.node.tenant.ActiveTenants;
import govcloud.node.tenant.TenantTable;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.cut.Countersigner;
import govcloud.replication.keys.KeyException;
import govcloud.replication.link.HttpSiblingLink;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.shipping.FileShipper;
import govcloud.replication.shipping.ManifestMaker;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.shipping.SliceArchiver;
import govcloud.replication.shipping.SliceShipper;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/**
 * Archives the log, brings it to the sibling, takes in what the sibling sends. Without keys it does
 * nothing, without a sibling it only archives.
 */
public final class ReplicationFeature implements NodeFeature {

  /** Name of the daemon process, one instance for each slice. */
  public static final String PROCESS = "slice-replication";

  private static final int ARCHIVE_THREADS = 2;
  private static final int COMPRESSION = 3;

  private volatile ReplicationProgress progress;
  private final Supplier<TenantTable> tenants;
  private volatile ReplicationSettings settings;
  private volatile ReplicationWatch watch;
  private volatile ReplicationThreads reading;
  private volatile ReplicaTrust trust;
  private volatile Optional<Verification> verification = Optional.empty();
  private volatile Cuts cuts;

  /**
   * The feature.
   *
   * @param tenants the departments that are known
   */
  public ReplicationFeature(Supplier<TenantTable> tenants) {
    this.tenants = tenants;
  }

  @Override
  public String name() {
    return "replication";
  }

  /**
   * How far the slices are replicated.
   *
   * @throws IllegalStateException before the feature has started
   */
  public ReplicationProgress progress() {
    if (progress == null) {
      throw new IllegalStateException("replication: not there (expected: started before)");
    }
    return progress;
  }

  /**
   * What stands before the endpoints of all changes: their answers wait for the sibling where
   * nothing may be lost. To be asked after the start.
   */
  public ChangeGate zeroLoss(NodeContext context, ActiveTenants tenants, RunningApps apps) {
    var zeroLoss = settings.zeroLoss();
    var watch =
        new SiblingWatch(
            context.system(), ReceiptWait.of(progress()), zeroLoss.limit(), context.clock());
    return new ZeroLoss(
        new DisasterClasses(tenants, apps),
        zeroLoss,
        settings.hasSibling() ? Optional.of(watch) : Optional.empty(),
        new ZeroLossMarks(context.clock()),
        context.settings().slices());
  }

  /**
   * Watches how far the cloud is replicated.
   *
   * @throws IllegalStateException before the feature has started
   */
  public ReplicationWatch watch() {
    if (watch == null) {
      throw new IllegalStateException("replication: not there (expected: started before)");
    }
    return watch;
  }

  @Override
  public void start(NodeContext context) {
    settings = ReplicationSettings.from(context.system().settings().config());
    progress = new ReplicationProgress(context.settings().slices());
    watch =
        new ReplicationWatch(
            settings,
            progress::states,
            () -> verification.map(Verification::differences).orElse(List.of()),
            context.clock());
    reading = threads(context.system(), "archive-reading", 1);
    context.archive().ifPresent(home -> start(context, home));
  }

  private void startWatch(ActorSystem<?> system, HomeArchive home) {
    NewestFile manifests = new NewestFile(StatementKind.MANIFEST, home.store());
    NewestFile cuts = new NewestFile(StatementKind.CUT, home.store());
    system
        .scheduler()
        .scheduleWithFixedDelay(
            ReplicationWatch.LOOK,
            ReplicationWatch.LOOK,
            () -> {
              watch.look();
              reading.run(
                  true,
                  () -> {
                    watch.readArchive(manifests, cuts, trust);
                    return true;
                  });
            },
            system.executionContext());
  }

  private void start(NodeContext context, HomeArchive home) {
    ActorSystem<?> system = context.system();
    var archiveThreads = threads(system, "archive", ARCHIVE_THREADS);
    var linkThreads = threads(system, "sibling-link", settings.connections());
    Optional<SiblingCloud> sibling =
        settings.hasSibling() ? Optional.of(SiblingCloud.open(settings, home)) : Optional.empty();
    ReplicaTrust own = sibling.map(SiblingCloud::outgoing).orElseGet(() -> trust(home));
    trust = own;
    startWatch(system, home);
    Optional<SiblingLink> link =
        sibling
            .filter(cloud -> !settings.siblingAddresses().isEmpty())
            .map(cloud -> link(cloud, context.settings().cloud()));
    ActorRef<Object> news = startSlices(context, home, own, link, archiveThreads, linkThreads);
    verification = Optional.of(verification(context, home, own, news));
    ManifestMaker maker =
        new ManifestMaker(home.store(), own, home.signing(), context.settings().slices());
    ClusterSingleton.get(system)
        .init(
            SingletonActor.of(
                ManifestKeeper.create(
                    maker,
                    link.map(to -> new FileShipper(StatementKind.MANIFEST, home.store(), to)),
                    archiveThreads,
                    settings.manifestInterval()),
                "manifest-keeper"));
    cuts = Cuts.start(context, settings.cut(), home, own, link, tenants);
    sibling.ifPresent(cloud -> listen(context, home, cloud, archiveThreads));
    if (link.isPresent()) {
      context.journal().readBy((slice, reply) -> reply.succeed(progress.receiptedPosition(slice)));
    }
    system.log().info("replication: archiving to {}, {}", home.folder(), news.path().name());
  }

  private static Verification verification(
      NodeContext context, HomeArchive home, ReplicaTrust own, ActorRef<Object> news) {
    return new Verification(
        context.entities(),
        home,
        own,
        threads(context.system(), "archive-verifying", 1),
        report -> ReplicationNews.tell(news, new ReplicationMessage.Verified(report)),
        context.clock());
  }

  private static ReplicationThreads threads(ActorSystem<?> system, String name, int count) {
    ReplicationThreads threads = new ReplicationThreads(name, count);
    system.getWhenTerminated().whenComplete((done, failure) -> threads.close());
    return threads;
  }

  private SiblingLink link(SiblingCloud sibling, String origin) {
    return ThrottledLink.of(
        new HttpSiblingLink(
            sibling.tls(), settings.siblingAddresses(), origin, settings.requestTimeout()),
        settings.bandwidth());
  }

  private static ReplicaTrust trust(HomeArchive home) {
    try {
      return new ReplicaTrust(
          home.recovery().cloud(),
          "",
          new TrustedKeys(home.keys().signingKeys()),
          Set.of(home.recovery().key().id()));
    } catch (KeyException e) {
      throw HomeArchive.wrong("keys-folder", e.getMessage(), "keys made by keys init", e);
    }
  }

  private ActorRef<Object> startSlices(
      NodeContext context,
      HomeArchive home,
      ReplicaTrust own,
      Optional<SiblingLink> link,
      ReplicationThreads archiveThreads,
      ReplicationThreads linkThreads) {
    ActorSystem<?> system = context.system();
    int slices = context.settings().slices();
    var daemons = new ReplicationDaemons(slices);
    ActorRef<Object> news =
        system.systemActorOf(
            ReplicationNews.create(
                progress, daemons::hurry, report -> verification.ifPresent(of -> of.learn(report))),
            "replication-news",
            Props.empty());
    var environment = environment(context, home, own, link, archiveThreads, linkThreads, news);
    ShardedDaemonProcess.get(system)
        .init(
            SliceReplication.Message.class,
            PROCESS,
            slices,
            slice -> daemons.noted(slice, SliceReplication.create(slice, environment)),
            new SliceReplication.Stop());
    return news;
  }

  private SliceReplication.Environment environment(
      NodeContext context,
      HomeArchive home,
      ReplicaTrust own,
      Optional<SiblingLink> link,
      ReplicationThreads archiveThreads,
      ReplicationThreads linkThreads,
      ActorRef<Object> news) {
    return new SliceReplication.Environment(
        context.journal().reader(),
        settings,
        slice ->
            () ->
                new SliceArchiver(
                    slice,
                    home.store(),
                    own,
                    new SegmentWriter(home.signing(), home.keys().epoch(), COMPRESSION)),
        link.map(
            to ->
                (slice, listener) ->
                    SliceShipping.create(
                        linkThreads,
                        () -> new SliceShipper(slice, home.store(), own, to),
                        settings.retryPause(),
                        listener)),
        archiveThreads,
        state -> ReplicationNews.tell(news, new ReplicationMessage.Told(state)),
        context.clock());
  }

  private void listen(
      NodeContext context, HomeArchive home, SiblingCloud sibling, ReplicationThreads threads) {
    try {
      Path folder = settings.receivedFolder().orElseThrow();
      ArchiveStore received = FileSystemArchiveStore.open(folder);
      home.keepCards(sibling.name(), folder.resolve("cards"));
      Receiver receiver =
          new Receiver(received, sibling.incoming(), home.signing(), context.clock());
      Countersigner countersigner =
          new Countersigner(
              received,
              sibling.incoming(),
              home.signing(),
              folder.resolve("cut-checkpoint"),
              context.clock());
      var cutThreads = threads(context.system(), "countersigner", 1);
      Taking taking = new Taking(receiver, threads, countersigner, cutThreads);
      var address =
          ReplicaListener.start(context.system(), settings, sibling, taking)
              .toCompletableFuture()
              .join()
              .localAddress();
      context.system().log().info("replication: {} is received at {}", sibling.name(), address);
    } catch (govcloud.replication.archive.ArchiveStoreException e) {
      throw HomeArchive.wrong("received-folder", e.getMessage(), "a folder that can be written", e);
    }
  }

  @Override
  public void routes(NodeContext context, Routes routes) {
    new CutRoutes(Optional.ofNullable(cuts), settings.cut().retention()).register(routes);
    new ReplicationRoutes(
            watch,
            context.archive().map(home -> new SegmentList(home.store(), trust)),
            verification,
            reading)
        .register(routes);
  }
}
