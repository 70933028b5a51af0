package govcloud.node.replication;

import govcloud.domain.audit.AuditRecord;
import govcloud.node.NodeContext;
import govcloud.node.metric.NodeMetrics;
import govcloud.replication.blob.BlobReceiver;
import govcloud.replication.cut.Countersigner;
import govcloud.replication.reading.ReadingDoor;
import govcloud.replication.receiving.KeyReceiver;
import govcloud.replication.receiving.ReceivedQuota;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.receiving.VaultReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/** What this cloud does for its sibling: takes in and keeps what that one sends. */
final class SiblingSide {
  /** Other nodes take in too. */
  private static final Duration COUNTED = Duration.ofMinutes(10);

  private SiblingSide() {}

  /**
   * Begins to take in.
   *
   * @param quota how much it may keep here
   * @param ledger what is done with its ledger, if anything is
   * @param trail where is written down who reads what it has sent
   * @param lost names of segments that are lost here
   * @return where it is kept
   * @throws IllegalArgumentException when files cannot be kept, beginning with the setting's name
   */
  static ArchivePlace start(
      NodeContext context,
      ReplicationSettings settings,
      HomeArchive home,
      SiblingCloud sibling,
      ReceivedQuota quota,
      Supplier<Optional<LedgerIntake>> ledger,
      Function<AuditRecord, CompletionStage<Void>> trail,
      Supplier<List<String>> lost) {
    Path folder = settings.receivedFolder().orElseThrow();
    ArchivePlace received = ArchivePlace.open("received", folder, settings.receivedBucket());
    ReplicaIntake intake = intake(context, settings, home, sibling, quota, received, lost);
    switch (settings.transport()) {
      case HTTPS ->
          listen(
              context,
              settings,
              sibling,
              intake,
              ledger,
              reading(context, sibling, received, trail));
      case FILE_DROP -> takeDrops(context, settings, home, sibling, intake);
    }
    return received;
  }

  private static void listen(
      NodeContext context,
      ReplicationSettings settings,
      SiblingCloud sibling,
      ReplicaIntake intake,
      Supplier<Optional<LedgerIntake>> ledger,
      ReplicaReading reading) {
    var address =
        ReplicaListener.start(context.system(), settings, sibling, intake, ledger, reading)
            .toCompletableFuture()
            .join()
            .localAddress();
    context.system().log().info("replication: {} is received at {}", sibling.name(), address);
  }

  private static ReplicaReading reading(
      NodeContext context,
      SiblingCloud sibling,
      ArchivePlace received,
      Function<AuditRecord, CompletionStage<Void>> trail) {
    return new ReplicaReading(
        context.system(),
        sibling.readers(),
        new ReadingDoor(received.store(), received.runs(), received.blobs()),
        new ReadingTrail(sibling.name(), trail, context.clock()),
        context.clock());
  }

  /** One node of the cloud takes in what lies in the folder; two, after a fail-over, do no harm. */
  private static void takeDrops(
      NodeContext context,
      ReplicationSettings settings,
      HomeArchive home,
      SiblingCloud sibling,
      ReplicaIntake intake) {
    var receiver =
        FileDrop.open(settings.fileDrop())
            .receiver(sibling.name(), home.recovery().cloud(), intake, context.clock());
    var taker =
        RepeatedWork.create(
            "inbox",
            () -> {
              receiver.ask(intake.lostNames());
              return receiver.run();
            },
            ReplicationThreads.of(context.system(), "receiver", 1),
            settings.fileDrop().interval());
    ClusterSingleton.get(context.system()).init(SingletonActor.of(taker, "drop-taker"));
    var blobs =
        FileDrop.open(settings.fileDrop())
            .blobReceiver(
                sibling.name(),
                home.recovery().cloud(),
                intake.ofBlobs(),
                settings.attachmentInterval(),
                context.clock());
    var blobTaker =
        RepeatedWork.create(
            "inbox of attachments",
            blobs::run,
            ReplicationThreads.of(context.system(), "blob-receiver", 1),
            settings.fileDrop().interval());
    ClusterSingleton.get(context.system()).init(SingletonActor.of(blobTaker, "drop-blob-taker"));
    context
        .system()
        .log()
        .info("replication: {} is received in {}", sibling.name(), settings.fileDrop().inbox());
  }

  private static ReplicaIntake intake(
      NodeContext context,
      ReplicationSettings settings,
      HomeArchive home,
      SiblingCloud sibling,
      ReceivedQuota quota,
      ArchivePlace received,
      Supplier<List<String>> lost) {
    Path folder = settings.receivedFolder().orElseThrow();
    if (quota.isLimited()) {
      count(context.system(), received, quota);
    }
    home.keepCards(sibling.name(), settings.cards().orElseThrow());
    return new ReplicaIntake(
        new Receiver(
            received.store(),
            received.erasure(),
            sibling.incoming(),
            home.signing(),
            context.clock()),
        new Countersigner(
            received.store(),
            received.blobs(),
            sibling.incoming(),
            home.signing(),
            folder.resolve("cut-checkpoint"),
            context.clock()),
        new KeyReceiver(received.store(), sibling.succession(), sibling.incoming().keys()),
        new VaultReceiver(received.store(), received.erasure(), sibling.incoming()),
        new BlobReceiver(received.blobs(), sibling.incoming()),
        folder,
        settings.receivedBucket().isPresent() ? 0 : settings.receivedReserve(),
        quota,
        ReplicationMetrics.received(NodeMetrics.get(context.system()).meter()),
        lost);
  }

  private static void count(ActorSystem<?> system, ArchivePlace received, ReceivedQuota quota) {
    var counter =
        RepeatedWork.create(
            "received quota",
            () -> {
              quota.count(received::bytes);
              return true;
            },
            ReplicationThreads.of(system, "received-quota", 1),
            Duration.ZERO,
            COUNTED);
    system.systemActorOf(counter, "received-quota", Props.empty());
  }
}
