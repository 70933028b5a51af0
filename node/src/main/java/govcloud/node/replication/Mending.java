package govcloud.node.replication;

import govcloud.node.NodeContext;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.receiving.LostSegments;
import govcloud.replication.receiving.ReceivedSweep;
import govcloud.replication.shipping.SegmentMender;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/**
 * Puts back what was lost in the middle of a slice: the cloud that received it notices by itself,
 * and asks for it; the one that sent it sends it again. One node of each cloud does it.
 */
final class Mending {
  /** How often the sibling is heard. */
  private static final Duration ASK = Duration.ofSeconds(5);

  /** How often what is lost is looked at again: an alarm lasts longer than what is written down. */
  private static final Duration LOOK = Duration.ofSeconds(20);

  private static final Duration FIRST_READING = Duration.ofMinutes(10);

  private Mending() {}

  /**
   * Begins to send again what the sibling asks for.
   *
   * @param tell tells all nodes what that is
   */
  static void start(NodeContext context, SegmentMender mender, Consumer<ReplicationMessage> tell) {
    var keeper =
        RepeatedWork.create(
            "segments that the sibling has lost",
            () -> {
              SegmentMender.Asked asked = mender.step();
              var loss =
                  new SegmentLoss(
                      asked.segments().size(),
                      names(asked.segments()),
                      asked.problem(),
                      true,
                      context.clock().millis());
              tell.accept(new ReplicationMessage.LostThere(loss));
              return true;
            },
            ReplicationThreads.of(context.system(), "mender", 1),
            ASK);
    ClusterSingleton.get(context.system()).init(SingletonActor.of(keeper, "segment-mender"));
  }

  private static List<String> names(List<ArchiveName> segments) {
    return segments.stream().map(ArchiveName::text).toList();
  }

  /**
   * Begins to look after what the sibling has sent: names every {@code attachment-interval}, and
   * contents as often as the auditor.
   *
   * @param tell tells all nodes what is lost
   */
  static void start(
      NodeContext context,
      ReplicationSettings settings,
      ArchivePlace received,
      ReplicaTrust trust,
      Consumer<ReplicationMessage> tell) {
    ActorSystem<?> system = context.system();
    var sweep = new ReceivedSweep(received.store(), trust);
    var care = new Care(sweep, settings, tell, context.clock());
    var looking =
        RepeatedWork.create(
            "received segments", care::look, ReplicationThreads.of(system, "looking", 1), LOOK);
    ClusterSingleton.get(system).init(SingletonActor.of(looking, "received-looking"));
    var reading =
        RepeatedWork.create(
            "reading received segments",
            () -> care.read(received),
            ReplicationThreads.of(system, "received-reading", 1),
            settings.audit().first(FIRST_READING),
            settings.audit().interval());
    ClusterSingleton.get(system).init(SingletonActor.of(reading, "received-reading"));
  }

  /** What is known of what was received. */
  private static final class Care {
    private final ReceivedSweep sweep;
    private final ReplicationSettings settings;
    private final Consumer<ReplicationMessage> tell;
    private final InstantSource clock;
    private LostSegments lost = LostSegments.NONE;
    private long lookedAt;
    private volatile boolean isRead;
    private volatile boolean isDue = true;

    Care(
        ReceivedSweep sweep,
        ReplicationSettings settings,
        Consumer<ReplicationMessage> tell,
        InstantSource clock) {
      this.sweep = sweep;
      this.settings = settings;
      this.tell = tell;
      this.clock = clock;
    }

    boolean read(ArchivePlace received) throws Exception {
      sweep.read(new PacedStore(received.store(), settings.audit().pace(), files -> {}));
      isRead = true;
      isDue = true;
      return true;
    }

    boolean look() throws Exception {
      boolean isOld = System.nanoTime() - lookedAt >= settings.attachmentInterval().toNanos();
      if (isDue || isOld || lost.count() > 0) {
        isDue = false;
        lost = sweep.look();
        lookedAt = System.nanoTime();
      }
      tell.accept(
          new ReplicationMessage.LostHere(
              new SegmentLoss(
                  lost.count(), names(lost.named()), lost.detail(), isRead, clock.millis())));
      return lost.count() == 0;
    }
  }
}
