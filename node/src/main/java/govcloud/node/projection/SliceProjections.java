package govcloud.node.projection;

import govcloud.journal.reader.PositionedRecord;
import govcloud.journal.reader.SliceReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.projection.Projection;
import org.apache.pekko.projection.ProjectionBehavior;
import org.apache.pekko.projection.ProjectionContext;
import org.apache.pekko.projection.ProjectionId;
import org.apache.pekko.projection.StatusObserver;
import org.apache.pekko.projection.cassandra.javadsl.CassandraProjection;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.FlowWithContext;

/**
 * Runs every projection of one slice: one daemon process for each slice of the cloud, with one
 * projection for each view as its child.
 */
final class SliceProjections extends AbstractBehavior<SliceProjections.Message> {

  /** Records that are handled together when a projection has fallen behind. */
  private static final int BATCH = 64;

  /** Offsets are stored this often; positions reached are told at once. */
  private static final Duration SAVE = Duration.ofMillis(500);

  /** What this actor understands. */
  sealed interface Message {}

  /** Ends all projections, then the actor. */
  record Stop() implements Message {}

  private final List<ActorRef<ProjectionBehavior.Command>> children = new ArrayList<>();

  static Behavior<Message> create(
      int slice,
      SliceReader reader,
      Map<String, RecordHandler.Factory> handlers,
      ViewProgress progress,
      ProjectionSettings settings) {
    return Behaviors.setup(
        context -> {
          SliceProjections projections = new SliceProjections(context);
          handlers.forEach(
              (view, factory) -> {
                ViewProgress.Key key = new ViewProgress.Key(view, slice);
                var projection =
                    projection(key, new SliceSource(reader, slice), factory, progress, settings);
                var child = context.spawn(ProjectionBehavior.create(projection), view);
                context.watch(child);
                projections.children.add(child);
              });
          return projections;
        });
  }

  private SliceProjections(ActorContext<Message> context) {
    super(context);
  }

  private static Projection<PositionedRecord> projection(
      ViewProgress.Key key,
      SliceSource source,
      RecordHandler.Factory factory,
      ViewProgress progress,
      ProjectionSettings settings) {
    RecordHandler handler = factory.of(key.slice());
    return CassandraProjection.atLeastOnceFlow(
            ProjectionId.of(key.view(), Integer.toString(key.slice())),
            source,
            FlowWithContext.fromPairs(flow(handler, key, progress)))
        .withSaveOffset(BATCH * 16, SAVE)
        .withRestartBackoff(settings.restartMinimum(), settings.restartMaximum(), 0.2)
        .withStatusObserver(new Failures(key, progress));
  }

  /** Records are taken one by one as they come, and together as soon as they queue. */
  private static Flow<
          Pair<PositionedRecord, ProjectionContext>, Pair<Done, ProjectionContext>, NotUsed>
      flow(RecordHandler handler, ViewProgress.Key key, ViewProgress progress) {
    return Flow.<Pair<PositionedRecord, ProjectionContext>>create()
        .batch(
            BATCH,
            first -> {
              var batch = new ArrayList<Pair<PositionedRecord, ProjectionContext>>();
              batch.add(first);
              return batch;
            },
            (batch, next) -> {
              batch.add(next);
              return batch;
            })
        .mapAsync(
            1,
            batch ->
                handler
                    .handle(batch.stream().map(Pair::first).toList())
                    .thenApply(
                        done -> {
                          progress.reachedHere(key, batch.get(batch.size() - 1).first().position());
                          return batch;
                        }))
        .mapConcat(batch -> batch)
        .map(pair -> Pair.create(Done.getInstance(), pair.second()));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Stop.class, stop -> stopChildren())
        .onSignal(Terminated.class, this::ended)
        .build();
  }

  private Behavior<Message> stopChildren() {
    children.forEach(child -> child.tell(ProjectionBehavior.stopMessage()));
    return children.isEmpty() ? Behaviors.stopped() : this;
  }

  /** The daemon process is started again by its keep-alive when a projection ends by itself. */
  private Behavior<Message> ended(Terminated child) {
    children.removeIf(ref -> ref.equals(child.getRef().unsafeUpcast()));
    return stopChildren();
  }

  /** Counts failures, which end the stream and are followed by a restart. */
  private static final class Failures extends StatusObserver<PositionedRecord> {
    private final ViewProgress.Key key;
    private final ViewProgress progress;

    Failures(ViewProgress.Key key, ViewProgress progress) {
      this.key = key;
      this.progress = progress;
    }

    @Override
    public void started(ProjectionId id) {}

    @Override
    public void failed(ProjectionId id, Throwable cause) {
      progress.failedHere(key, String.valueOf(cause.getMessage()));
    }

    @Override
    public void stopped(ProjectionId id) {}

    @Override
    public void beforeProcess(ProjectionId id, PositionedRecord record) {}

    @Override
    public void afterProcess(ProjectionId id, PositionedRecord record) {}

    @Override
    public void offsetProgress(ProjectionId id, PositionedRecord record) {}

    @Override
    public void error(
        ProjectionId id,
        PositionedRecord record,
        Throwable cause,
        org.apache.pekko.projection.HandlerRecoveryStrategy strategy) {}
  }
}
