package govcloud.node.replication;

import govcloud.journal.cassandra.StoredJournal;
import govcloud.node.NodeContext;
import govcloud.node.operation.OperationTable;
import govcloud.node.replication.audit.LogAudit;
import govcloud.node.replication.cut.ArchivedCuts;
import govcloud.node.replication.cut.CutDeletions;
import govcloud.node.replication.cut.Cuts;
import govcloud.node.replication.site.FencedLink;
import govcloud.node.replication.site.Orphans;
import govcloud.node.tenant.TenantTable;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.cut.CutEraser;
import govcloud.replication.cut.CutLock;
import govcloud.replication.link.HttpSiblingLink;
import govcloud.replication.shipping.BlobBacklog;
import govcloud.replication.shipping.BlobLink;
import govcloud.replication.shipping.BlobShipper;
import govcloud.replication.shipping.FileShipper;
import govcloud.replication.shipping.LedgerLink;
import govcloud.replication.shipping.ManifestMaker;
import govcloud.replication.shipping.SegmentMender;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.shipping.SliceShipper;
import govcloud.replication.statement.StatementKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/** What this cloud does with its own log: archives it, ships it, lists, cuts and verifies it. */
final class HomeSide {
  private static final int ARCHIVE_THREADS = 2;
  private static final int BLOB_THREADS = 2;
  private static final Duration ERASING = Duration.ofMinutes(1);
  private static final Duration FIRST_AUDIT = Duration.ofMinutes(10);

  private final NodeContext context;
  private final ActorSystem<?> system;
  private final ReplicationSettings settings;
  private final ReplicationProgress progress;
  private final HomeArchive home;
  private final ReplicaTrust trust;
  private final Optional<SiblingLink> link;
  private final Optional<BlobLink> blobLink;
  private final Optional<LedgerLink> ledgerLink;
  private Optional<BlobStore> blobs = Optional.empty();
  private final ReplicationThreads archiveThreads;
  private final SiblingLine line;
  private final Function<String, ShippingRank> ranks;
  private final Verification verification;
  private final Orphans orphans;
  private final ActorRef<Object> news;

  /**
   * Nothing is archived yet.
   *
   * @param ranks how urgent the records of an entity are
   */
  HomeSide(
      NodeContext context,
      ReplicationSettings settings,
      ReplicationProgress progress,
      HomeArchive home,
      Optional<SiblingCloud> sibling,
      Function<String, ShippingRank> ranks) {
    this.context = context;
    this.ranks = ranks;
    this.system = context.system();
    this.settings = settings;
    this.progress = progress;
    this.home = home;
    this.trust = sibling.map(SiblingCloud::outgoing).orElseGet(home::ownTrust);
    this.line = SiblingLine.open(system, settings);
    this.link =
        sibling
            .filter(cloud -> settings.ships())
            .map(cloud -> new FencedLink(home.site(), line.limited(link(cloud))));
    this.blobLink =
        sibling.filter(cloud -> link.isPresent()).map(cloud -> line.limited(blobLink(cloud)));
    // Folders have no way to ask.
    this.ledgerLink =
        sibling
            .filter(cloud -> link.isPresent() && settings.transport() == Transport.HTTPS)
            .map(this::http);
    this.archiveThreads = ReplicationThreads.of(system, "archive", ARCHIVE_THREADS);
    this.verification = verification(audit());
    this.orphans =
        new Orphans(
            home, trust, this::stored, context.settings().slices(), settings.audit().pace());
    var daemons = new ReplicationDaemons(context.settings().slices());
    this.news =
        system.systemActorOf(
            ReplicationNews.create(progress, daemons, verification::learn),
            "replication-news",
            Props.empty());
    startSlices(daemons);
  }

  private StoredJournal stored() {
    return new StoredJournal(context.journal().session(), context.journal().cassandra().keyspace());
  }

  private LogAudit audit() {
    return new LogAudit(
        home, trust, this::stored, context.settings().slices(), settings.audit().pace());
  }

  private Verification verification(LogAudit audit) {
    return new Verification(
        context.entities(),
        home,
        trust,
        audit,
        settings.audit().pace(),
        ReplicationThreads.of(system, "archive-verifying", 1),
        report -> tell(new ReplicationMessage.Verified(report)),
        context.clock());
  }

  private SiblingLink link(SiblingCloud sibling) {
    return switch (settings.transport()) {
      case HTTPS -> http(sibling);
      case FILE_DROP ->
          FileDrop.open(settings.fileDrop())
              .link(home.recovery().cloud(), sibling.name(), context.clock());
    };
  }

  private BlobLink blobLink(SiblingCloud sibling) {
    return switch (settings.transport()) {
      case HTTPS -> http(sibling);
      case FILE_DROP ->
          FileDrop.open(settings.fileDrop())
              .blobLink(home.recovery().cloud(), sibling.name(), context.clock());
    };
  }

  private HttpSiblingLink http(SiblingCloud sibling) {
    return sibling.link(settings, home, settings.requestTimeout());
  }

  /** Begins to keep the vault of personal data. */
  void startVault(VaultLag lag) {
    VaultShipping.start(context, home, link, settings, lag);
  }

  void tell(ReplicationMessage message) {
    ReplicationNews.tell(news, message);
  }

  private void startSlices(ReplicationDaemons daemons) {
    var environment =
        new SliceReplication.Environment(
            context.journal().reader(),
            settings,
            slice -> () -> new SealingArchiver(slice, home, trust),
            link.map(to -> (slice, listener) -> shipping(slice, to, listener)),
            archiveThreads,
            state -> tell(new ReplicationMessage.Told(state)),
            ranks,
            line.order(),
            context.clock());
    ShardedDaemonProcess.get(system)
        .init(
            SliceReplication.Message.class,
            ReplicationFeature.PROCESS,
            context.settings().slices(),
            slice -> daemons.noted(slice, SliceReplication.create(slice, environment)),
            new SliceReplication.Stop());
    if (link.isPresent()) {
      context.journal().readBy((slice, reply) -> reply.succeed(progress.receiptedPosition(slice)));
    }
  }

  private Behavior<SliceShipping.Message> shipping(
      int slice, SiblingLink to, ActorRef<SliceReplication.Message> listener) {
    return SliceShipping.create(
        slice,
        line,
        () -> new SliceShipper(slice, home.store(), trust, to),
        settings.siblingPause(),
        listener);
  }

  /** Begins to send again what the sibling asks for; one node of the cloud does it. */
  void startMending() {
    link.ifPresent(
        to ->
            Mending.start(
                context, new SegmentMender(home.store(), trust, to, System::nanoTime), this::tell));
  }

  /** Begins to list segments in manifests; one node of the cloud does it. */
  void startManifests() {
    var maker = new ManifestMaker(home.store(), trust, home.signing(), context.settings().slices());
    var shipper = link.map(to -> new FileShipper(StatementKind.MANIFEST, home.store(), to));
    var keeper =
        RepeatedWork.create(
            "manifests",
            () -> {
              boolean made = maker.make();
              while (shipper.isPresent() && shipper.get().step().isPresent()) {
                made = true;
              }
              return made;
            },
            archiveThreads,
            settings.manifestInterval());
    ClusterSingleton.get(system).init(SingletonActor.of(keeper, "manifest-keeper"));
  }

  /** Begins to audit now and then; one node of the cloud does it. */
  void startAudits() {
    var auditor =
        RepeatedWork.create(
            "audit",
            verification::runNow,
            ReplicationThreads.of(system, "auditor", 1),
            settings.audit().first(FIRST_AUDIT),
            settings.audit().interval());
    ClusterSingleton.get(system).init(SingletonActor.of(auditor, "auditor"));
  }

  /** Begins to bring attachments to the sibling. */
  void startBlobs() {
    blobs =
        blobLink.map(
            to -> {
              var backlog = new BlobBacklog();
              var shipper = new BlobShipper(home.blobs(), to, backlog, grace(), context.clock());
              var threads = ReplicationThreads.of(system, "attachments", BLOB_THREADS);
              ActorRef<Object> sweeper =
                  ClusterSingleton.get(system)
                      .init(
                          SingletonActor.of(
                              sweeper(shipper, backlog, threads), "attachment-sweeper"));
              return new BlobShipping(home.blobs(), shipper, threads, sweeper);
            });
  }

  /** By files it is not seen that one is on its way: who took it in has dropped it. */
  private Duration grace() {
    return switch (settings.transport()) {
      case HTTPS -> Duration.ZERO;
      case FILE_DROP -> settings.fileDrop().patience();
    };
  }

  private Behavior<Object> sweeper(
      BlobShipper shipper, BlobBacklog backlog, ReplicationThreads threads) {
    return BlobSweeper.create(
        new BlobSweeper.Work(
            shipper,
            backlog,
            threads,
            settings.attachmentInterval(),
            settings.siblingPause(),
            settings.transport() == Transport.FILE_DROP,
            state -> tell(new ReplicationMessage.Attachments(state)),
            context.clock()));
  }

  /** The attachments; those kept through here are brought to the sibling. Empty without one. */
  Optional<BlobStore> blobs() {
    return blobs;
  }

  /**
   * Begins to tell the sibling of new signing keys, and to use what it knows; one node of the cloud
   * tells, each uses.
   *
   * @param sibling if there is one
   * @param rules which keys count
   */
  void startKeys(Optional<SiblingCloud> sibling, KeyRules rules) {
    new KeyWatch(home, trust.keys(), sibling, settings.cards(), rules).start(system);
    if (sibling.isPresent() && link.isPresent()) {
      var shipper = new FileShipper(StatementKind.KEY, home.store(), link.get());
      new KeyAnnouncer(home, sibling.get().succession(), shipper, rules.signing())
          .start(system, archiveThreads, settings.manifestInterval());
    }
  }

  /**
   * Begins to make cuts; one node of the cloud does it.
   *
   * @param tenants the departments that are known
   */
  Cuts startCuts(Supplier<TenantTable> tenants, Supplier<OperationTable> operations) {
    return Cuts.start(context, settings.cut(), home, trust, link, tenants, operations);
  }

  /**
   * Begins to delete the cuts of which two people agreed that they go; one node of the cloud does
   * it.
   */
  CutDeletions startErasing(Cuts cuts) {
    var lock = new CutLock(home.store(), trust, settings.cut().retention(), context.clock());
    CutDeletions deletions = cuts.deletions(context, ArchivedCuts.own(home.store(), lock));
    var eraser = new CutEraser(home.store(), home.place().erasure(), trust, lock, link.isPresent());
    var keeper =
        RepeatedWork.create(
            "cut-eraser",
            () -> {
              CutDeletion deleted = eraser.erase();
              if (deleted.last() > 0) {
                deletions.done(deleted).toCompletableFuture().get(1, TimeUnit.MINUTES);
                eraser.settle();
              }
              return deleted;
            },
            ReplicationThreads.of(system, "cut-eraser", 1),
            ERASING);
    ClusterSingleton.get(system).init(SingletonActor.of(keeper, "cut-eraser"));
    return deletions;
  }

  /** Begins to look for the newest manifest and cut, for who watches. */
  void startLooking(ReplicationWatch watch, ReplicationThreads reading) {
    NewestFile manifests = new NewestFile(StatementKind.MANIFEST, home.store());
    NewestFile cuts = new NewestFile(StatementKind.CUT, home.store());
    NewestFile signed = new NewestFile(StatementKind.COUNTERSIGNATURE, home.store());
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
                    watch.readArchive(manifests, cuts, signed, trust);
                    return true;
                  });
            },
            system.executionContext());
  }

  /** The way of this cloud's ledger to the sibling. */
  Optional<LedgerLink> ledgerLink() {
    return ledgerLink;
  }

  /** Since when this site accepts nothing, because it is to be moved. */
  Optional<Instant> drainedSince() {
    return home.site().drainedSince();
  }

  /** What is left on this site if it was given up. */
  Orphans orphans() {
    return orphans;
  }

  /** Checks of the archive. */
  Verification verification() {
    return verification;
  }

  /** The segments in the archive. */
  SegmentList segments() {
    return new SegmentList(home.store(), trust);
  }
}
