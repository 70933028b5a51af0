package govcloud.node.projection;

import govcloud.journal.HybridClock;
import govcloud.journal.Position;
import govcloud.journal.cassandra.TablePart;
import govcloud.journal.plugin.SliceJournal;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.projection.parking.Parking;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** The running projections of the cloud and what this node knows of them. */
public final class Projections {

  /** Name of the daemon process, one instance for each slice. */
  public static final String PROCESS = "slice-projections";

  private final CassandraViews views;
  private final Generations generations;

  private Projections(CassandraViews views, Generations generations) {
    this.views = views;
    this.generations = generations;
  }

  /**
   * Starts this node's share of the projections; every node calls it with the same handlers.
   *
   * @param handlers what to do with records, by name of the view
   * @param generations tells which generations of views are to be kept up
   * @param parking sets aside what a handler can never take in
   */
  public static Projections start(
      ActorSystem<?> system,
      SliceJournal journal,
      Map<String, RecordHandler.Factory> handlers,
      ProjectionSettings settings,
      Parking parking,
      Generations generations,
      Clock clock) {
    generations.lookNow();
    Map<String, RecordHandler.Factory> all = new TreeMap<>(handlers);
    all.replaceAll((view, factory) -> parking.around(factory));
    int slices = journal.slices().count();
    ViewProgress progress = new ViewProgress();
    SliceHeads heads =
        new SliceHeads(
            slices,
            journal::appliedPosition,
            (slice, position) -> firstBehind(system, journal, slice, position),
            clock);
    everySecond(system, heads::sample);
    everySecond(system, generations::look);
    system.systemActorOf(ViewGossip.create(progress), "view-gossip", Props.empty());
    var positions =
        new StoredPositions(journal.session(TablePart.VIEWS), journal.cassandra().keyspace());
    var environment =
        new SliceProjections.Environment(
            journal.reader(), positions, all, generations, progress, settings);
    ShardedDaemonProcess.get(system)
        .init(
            SliceProjections.Message.class,
            PROCESS,
            slices,
            slice -> SliceProjections.create(slice, environment),
            new SliceProjections.Stop());
    CassandraViews views =
        new CassandraViews(
            positions, progress, heads, parking.streams(), generations, all.keySet());
    journal.readBy((slice, reply) -> views.slowest(slice).whenComplete(reply::receive));
    return new Projections(views, generations);
  }

  private static CompletionStage<Optional<Instant>> firstBehind(
      ActorSystem<?> system, SliceJournal journal, int slice, long position) {
    return journal
        .reader()
        .currentRecords(slice, position)
        .runWith(Sink.headOption(), system)
        .thenApply(
            first ->
                first.map(
                    record ->
                        Instant.ofEpochMilli(
                            HybridClock.millisOf(record.record().getHybridClock()))));
  }

  private static void everySecond(ActorSystem<?> system, Runnable look) {
    Duration second = Duration.ofSeconds(1);
    system.scheduler().scheduleWithFixedDelay(second, second, look, system.executionContext());
  }

  /**
   * Starts this node's share of building views again.
   *
   * @param head a projection that reads every record, by which the ends of slices are known
   * @param nouns first part of the names of a view's tables, by view
   * @param cloud name under which the operations of rebuilds run
   */
  public Rebuilds rebuilds(
      ActorSystem<?> system,
      SliceJournal journal,
      Entities entities,
      String head,
      Map<String, String> nouns,
      String cloud) {
    Map<String, GenerationTables> tables = new TreeMap<>();
    nouns.forEach(
        (view, noun) ->
            tables.put(
                view,
                new GenerationTables(
                    journal.session(TablePart.VIEWS),
                    journal.cassandra().keyspace(),
                    noun,
                    journal.slices().count())));
    var rebuilds =
        new Rebuilds(
            generations,
            offsets(system, journal, head),
            entities,
            tables,
            cloud,
            generations.clock());
    ClusterSingleton.get(system)
        .init(SingletonActor.of(RebuildKeeper.create(rebuilds), "rebuild-keeper"));
    return rebuilds;
  }

  private Rebuilds.Offsets offsets(ActorSystem<?> system, SliceJournal journal, String head) {
    return new Rebuilds.Offsets() {
      @Override
      public CompletionStage<?> beginning() {
        return Source.range(0, journal.slices().count() - 1)
            .flatMapConcat(
                slice -> journal.reader().currentRecords(slice, Position.BEFORE_FIRST).take(1))
            .runWith(Sink.ignore(), system);
      }

      @Override
      public CompletionStage<List<Long>> heads() {
        return views.heads(head).thenApply(ends -> Arrays.stream(ends).boxed().toList());
      }

      @Override
      public CompletionStage<List<Long>> stored(String projection) {
        return views.stored(projection);
      }
    };
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
