package govcloud.node.projection;

import govcloud.journal.plugin.SliceJournal;
import govcloud.node.projection.parking.Parking;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;

/** The running projections of the cloud and what this node knows of them. */
public final class Projections {

  /** Name of the daemon process, one instance for each slice. */
  public static final String PROCESS = "slice-projections";

  private final CassandraViews views;

  private Projections(CassandraViews views) {
    this.views = views;
  }

  /**
   * Starts this node's share of the projections; every node calls it with the same handlers.
   *
   * @param handlers what to do with records, by name of the view
   * @param parking sets aside what a handler can never take in
   */
  public static Projections start(
      ActorSystem<?> system,
      SliceJournal journal,
      Map<String, RecordHandler.Factory> handlers,
      ProjectionSettings settings,
      Parking parking,
      Clock clock) {
    Map<String, RecordHandler.Factory> all = new TreeMap<>(handlers);
    all.replaceAll(parking::around);
    int slices = journal.slices().count();
    ViewProgress progress = new ViewProgress();
    SliceHeads heads = new SliceHeads(slices, journal::appliedPosition, clock);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            Duration.ZERO, Duration.ofSeconds(1), heads::sample, system.executionContext());
    system.systemActorOf(ViewGossip.create(progress), "view-gossip", Props.empty());
    ShardedDaemonProcess.get(system)
        .init(
            SliceProjections.Message.class,
            PROCESS,
            slices,
            slice -> SliceProjections.create(slice, journal.reader(), all, progress, settings),
            new SliceProjections.Stop());
    return new Projections(
        new CassandraViews(
            journal.session(),
            journal.cassandra().keyspace(),
            progress,
            heads,
            parking.streams(),
            all.keySet()));
  }

  /** How far the views are. */
  public Views views() {
    return views;
  }

  /**
   * About the end of every slice now, by slice: what this node has heard of, and at least how far a
   * view is that reads every record.
   */
  public CompletionStage<long[]> heads(String view) {
    return views.heads(view);
  }
}
