package govcloud.node.replication;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.operation.DangerousCommand;
import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.app.RunningApps;
import govcloud.node.http.ChangeGate;
import govcloud.node.http.Routes;
import govcloud.node.metric.NodeMetrics;
import govcloud.node.operation.ApprovedWork;
import govcloud.node.operation.OperationTable;
import govcloud.node.replication.ReplicationAlarm.Kind;
import govcloud.node.replication.cut.CutDeletionRoutes;
import govcloud.node.replication.cut.CutDeletions;
import govcloud.node.replication.cut.CutRoutes;
import govcloud.node.replication.cut.Cuts;
import govcloud.node.replication.drill.DrillRoutes;
import govcloud.node.replication.drill.Drills;
import govcloud.node.replication.site.OrphanRoutes;
import govcloud.node.replication.site.SiteGate;
import govcloud.node.tenant.ActiveTenants;
import govcloud.node.tenant.TenantTable;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.keys.KeyDeeds;
import govcloud.replication.receiving.ReceivedQuota;
import govcloud.replication.shipping.LedgerLink;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/**
 * Archives the log, brings it to the sibling, takes in what the sibling sends. Without keys it does
 * nothing, without a sibling it only archives.
 */
public final class ReplicationFeature implements NodeFeature {

  /** Name of the daemon process, one instance for each slice. */
  public static final String PROCESS = "slice-replication";

  private final Supplier<TenantTable> tenants;
  private final Supplier<OperationTable> operations;
  private final SecureRandom random;
  private volatile ReplicationSettings settings;
  private volatile ReceivedQuota quota;
  private volatile ArchiveWarnings warnings;
  private volatile Function<String, ShippingRank> ranks = id -> ShippingRank.CONTINUOUS;
  private volatile ReplicationProgress progress;
  private volatile ReplicationWatch watch;
  private volatile Optional<HomeSide> home = Optional.empty();
  private volatile Optional<Cuts> cuts = Optional.empty();
  private volatile Optional<CutDeletions> deletions = Optional.empty();
  private volatile Optional<CutDeletions> receivedDeletions = Optional.empty();
  private volatile Optional<Failovers> failovers = Optional.empty();
  private volatile Optional<OwnKeyRoutes.OwnKeys> ownKeys = Optional.empty();
  private volatile Optional<KeyRules> keyRules = Optional.empty();
  private volatile Optional<Refills> refills = Optional.empty();
  private volatile Optional<SegmentList> receivedSegments = Optional.empty();
  private final VaultLag vaultLag = new VaultLag();
  private volatile Drills drills;
  private volatile Optional<LedgerIntake> ledger = Optional.empty();
  private volatile Function<Instant, List<ReplicationAlarm>> ledgerAlarms = now -> List.of();
  private volatile Function<AuditRecord, CompletionStage<Void>> trail =
      record -> CompletableFuture.failedStage(new IllegalStateException("trail: not there yet"));

  /**
   * The feature.
   *
   * @param tenants the departments that are known
   * @param operations what people asked for and agreed to
   * @param random for keys
   */
  public ReplicationFeature(
      Supplier<TenantTable> tenants, Supplier<OperationTable> operations, SecureRandom random) {
    this.tenants = tenants;
    this.operations = operations;
    this.random = random;
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
   * nothing may be lost, and a site that was given up carries none out. To be asked after the
   * start.
   */
  public ChangeGate changes(NodeContext context, ActiveTenants tenants, RunningApps apps) {
    ChangeGate zeroLoss = zeroLoss(context, tenants, apps);
    return context
        .archive()
        .<ChangeGate>map(archive -> new SiteGate(archive.site(), zeroLoss))
        .orElse(zeroLoss);
  }

  private ZeroLoss zeroLoss(NodeContext context, ActiveTenants tenants, RunningApps apps) {
    var zeroLoss = settings.zeroLoss();
    var marks = new ZeroLossMarks(context.clock());
    ReplicationMetrics.measureZeroLoss(NodeMetrics.get(context.system()).meter(), marks::counts);
    var watch =
        new SiblingWatch(
            context.system(), ReceiptWait.of(progress()), zeroLoss.limit(), context.clock());
    var classes = new DisasterClasses(tenants, apps);
    ranks = new RecordRanks(classes::of, System::nanoTime);
    return new ZeroLoss(
        classes,
        zeroLoss,
        settings.hasSibling() ? Optional.of(watch) : Optional.empty(),
        marks,
        context.settings().slices());
  }

  /**
   * The way of this cloud's ledger to the sibling; none without a sibling, and where folders are
   * the way, which cannot be asked.
   */
  public Optional<LedgerLink> ledgerLink() {
    return home.flatMap(HomeSide::ledgerLink);
  }

  /** What is done with the sibling's ledger from now on. */
  public void witness(LedgerIntake intake) {
    ledger = Optional.of(intake);
  }

  /** What else has to be looked at: what becomes of this cloud's ledger at the sibling. */
  public void ledgerAlarms(Function<Instant, List<ReplicationAlarm>> alarms) {
    ledgerAlarms = alarms;
  }

  /** Where is written down from now on who read a replica, and what was decided with keys. */
  public void trail(Function<AuditRecord, CompletionStage<Void>> writing) {
    trail = writing;
  }

  /** What is done when two people have signed; only what this cloud has keys, or a sibling, for. */
  public Map<DangerousCommand, ApprovedWork> works() {
    var works = new EnumMap<DangerousCommand, ApprovedWork>(DangerousCommand.class);
    ownKeys.ifPresent(keys -> works.putAll(keys.works()));
    deletions.ifPresent(work -> works.put(DangerousCommand.DELETE_CUTS, work));
    receivedDeletions.ifPresent(work -> works.put(DangerousCommand.DELETE_RECEIVED_CUTS, work));
    failovers.ifPresent(work -> works.put(DangerousCommand.FAIL_OVER, work));
    failovers.ifPresent(work -> works.put(DangerousCommand.SWITCH_OVER, work));
    return works;
  }

  /** The attachments of this cloud; what is kept through what this gives goes to the sibling. */
  public BlobStore shipped(BlobStore blobs) {
    return home.flatMap(HomeSide::blobs).orElse(blobs);
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
    quota = new ReceivedQuota(settings.sibling(), settings.receivedQuota());
    warnings = ArchiveWarnings.start(context.system(), settings, quota);
    progress = new ReplicationProgress(context.settings().slices());
    drills = new Drills(settings.drills(), settings.keysFolder());
    startDrills(context);
    watch =
        new ReplicationWatch(
            settings,
            progress,
            this::found,
            drills,
            () -> home.flatMap(side -> side.orphans().givenUp()),
            () -> home.flatMap(HomeSide::drainedSince),
            context.clock());
    context.cluster().raising(() -> CloudAlarms.told(watch.alarms()));
    ReplicationMetrics.measure(NodeMetrics.get(context.system()).meter(), watch::status);
    ReplicationMetrics.measureVault(
        NodeMetrics.get(context.system()).meter(), () -> vaultLag.age(context.clock().instant()));
    context.archive().ifPresent(archive -> start(context, archive));
  }

  /** What the auditor found, what drills did not show, and what else is wrong. */
  private List<ReplicationAlarm> found(Instant now) {
    List<ReplicationAlarm> found =
        new ArrayList<>(home.map(side -> side.verification().differences()).orElse(List.of()));
    drills
        .oldSince(now)
        .ifPresent(
            since ->
                found.add(
                    new ReplicationAlarm(
                        ReplicationAlarm.Kind.DRILL_OLD,
                        "drills",
                        drills
                            .lastGood()
                            .map(drill -> "the last good drill began at " + drill.beganAt())
                            .orElse("there was no good drill of everything"),
                        since)));
    found.addAll(warnings.alarms(now));
    vaultLag.alarm(settings.sibling(), now).ifPresent(found::add);
    found.addAll(ledgerAlarms.apply(now));
    keyRules.ifPresent(rules -> found.addAll(rules.alarms()));
    return found;
  }

  private void startDrills(NodeContext context) {
    var system = context.system();
    ReplicationThreads reading = ReplicationThreads.of(system, "drills-reading", 1);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            Duration.ofSeconds(1),
            Drills.LOOK,
            () -> reading.run(false, Executors.callable(drills::look)),
            system.executionContext());
  }

  private void start(NodeContext context, HomeArchive archive) {
    Optional<SiblingCloud> sibling =
        settings.hasSibling()
            ? Optional.of(SiblingCloud.open(context.system(), settings, archive))
            : Optional.empty();
    HomeSide side =
        new HomeSide(context, settings, progress, archive, sibling, id -> ranks.apply(id));
    home = Optional.of(side);
    side.startLooking(watch, ReplicationThreads.of(context.system(), "archive-looking", 1));
    side.startManifests();
    side.startMending();
    KeyRules rules = KeyRules.on(context, archive, settings, record -> trail.apply(record));
    keyRules = Optional.of(rules);
    ownKeys = Optional.of(OwnKeyRoutes.OwnKeys.on(context, archive, rules, random));
    side.startKeys(sibling, rules);
    side.startBlobs();
    side.startVault(vaultLag);
    side.startAudits();
    side.orphans().start(context.system());
    startAlarms(context, side);
    startDeeds(context, archive);
    Cuts made = side.startCuts(tenants, operations);
    cuts = Optional.of(made);
    refills =
        Optional.of(settings)
            .filter(ReplicationSettings::ships)
            .map(on -> refill(context, side, made));
    deletions = Optional.of(side.startErasing(made));
    receivedDeletions = sibling.map(cloud -> receive(context, archive, cloud, side));
    context.system().log().info("replication: archiving to {}", archive.place().name());
  }

  private Refills refill(NodeContext context, HomeSide side, Cuts made) {
    return new Refills(
            context.settings().cloud(),
            context.entities(),
            operations,
            watch::status,
            side::tell,
            made::make,
            context.clock(),
            System::nanoTime)
        .start(context.system());
  }

  /** Begins to take in what the sibling sends, and to delete of it what people agree to. */
  private CutDeletions receive(
      NodeContext context, HomeArchive archive, SiblingCloud sibling, HomeSide side) {
    ArchivePlace received =
        SiblingSide.start(
            context,
            settings,
            archive,
            sibling,
            quota,
            () -> ledger,
            record -> trail.apply(record),
            () -> progress.losses().here().first());
    receivedSegments = Optional.of(new SegmentList(received.store(), sibling.incoming()));
    Mending.start(context, settings, received, sibling.incoming(), side::tell);
    failovers =
        Optional.of(
            new Failovers(
                context.entities(),
                context.settings().cloud(),
                sibling.succession(),
                received.store(),
                archive.signing(),
                ReplicationThreads.of(context.system(), "failovers", 1),
                context.clock()));
    return ReceivedErasing.start(context, settings, received, sibling.incoming(), operations);
  }

  /** Begins to write alarms down; one node of the cloud does it. */
  private void startAlarms(NodeContext context, HomeSide side) {
    var recorder =
        new AlarmRecorder(
            context.entities(),
            () -> CloudAlarms.of(context.cluster().alarms().toCompletableFuture().join()),
            kind -> sees(kind, side),
            Cluster.get(context.system()).selfMember().address().hostPort(),
            context.clock(),
            System::nanoTime);
    var keeper =
        RepeatedWork.create(
            "alarms",
            () -> watch.status().isAccepting() ? recorder.record() : 0,
            ReplicationThreads.of(context.system(), "alarm-recorder", 1),
            AlarmRecorder.LOOK);
    ClusterSingleton.get(context.system()).init(SingletonActor.of(keeper, "alarm-recorder"));
  }

  /** Begins to write down what was decided with keys; one node of the cloud does it. */
  private void startDeeds(NodeContext context, HomeArchive archive) {
    var recorder = new DeedRecorder(new KeyDeeds(archive.keys()), record -> trail.apply(record));
    var keeper =
        RepeatedWork.create(
            "deeds",
            () -> watch.status().isAccepting() ? recorder.record() : 0,
            ReplicationThreads.of(context.system(), "deed-recorder", 1),
            DeedRecorder.LOOK);
    ClusterSingleton.get(context.system()).init(SingletonActor.of(keeper, "deed-recorder"));
  }

  /** Whether this node knows enough to say that there is no such alarm. */
  private boolean sees(Kind kind, HomeSide side) {
    ReplicationStatus status = watch.status();
    return switch (kind) {
      case SIBLING_AWAY,
          SEGMENT_REFUSED,
          SIBLING_LOST,
          SIBLING_QUOTA,
          RECOVERY_POINT_OLD,
          ARCHIVE_FAILING ->
          status.slices().stream().noneMatch(slice -> slice.isSilent(status.at()));
      case ATTACHMENT_MISSING -> !status.isOn() || status.attachments().isPresent();
      case SIBLING_DAMAGED -> !status.isOn() || status.losses().there().known();
      case RECEIVED_DAMAGED -> receivedSegments.isEmpty() || status.losses().here().known();
      case AUDIT_DIFFERENCE ->
          side.verification().last().filter(report -> report.endedMillis() > 0).isPresent();
      default -> true;
    };
  }

  @Override
  public void routes(NodeContext context, Routes routes) {
    new DrillRoutes(drills).register(routes);
    new AlarmRoutes(context.entities()).register(routes);
    new CutRoutes(cuts, settings.cut().retention()).register(routes);
    new CutDeletionRoutes(deletions, receivedDeletions).register(routes);
    new FailoverRoutes(failovers).register(routes);
    new OwnKeyRoutes(ownKeys).register(routes);
    new RefillRoutes(refills).register(routes);
    ReplicationThreads reading = ReplicationThreads.of(context.system(), "archive-reading", 1);
    new OrphanRoutes(home.map(HomeSide::orphans), reading).register(routes);
    new ReplicationRoutes(
            watch,
            home.map(HomeSide::segments),
            receivedSegments,
            home.map(HomeSide::verification),
            reading)
        .register(routes);
  }
}
