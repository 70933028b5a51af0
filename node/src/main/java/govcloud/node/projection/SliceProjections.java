package govcloud.node.projection;

import govcloud.journal.Position;
import govcloud.journal.reader.RecordGroup;
import govcloud.journal.reader.SliceReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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
 * projection for each generation of each view as its child.
 */
final class SliceProjections extends AbstractBehavior<SliceProjections.Message> {

  /**
   * Positions are stored this often; positions reached are told at once. After a crash as much is
   * read again and changes nothing.
   */
  private static final Duration SAVE = Duration.ofSeconds(3);

  /** Generations of views come and go at most this long after they should. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** What this actor understands. */
  sealed interface Message {}

  /** Ends all projections, then the actor. */
  record Stop() implements Message {}

  private record Look() implements Message {}

  private record Save() implements Message {}

  /** What all projections of a node share. */
  record Environment(
      SliceReader reader,
      StoredPositions positions,
      Map<String, RecordHandler.Factory> handlers,
      Generations generations,
      ViewProgress progress,
      ProjectionSettings settings) {}

  private final int slice;
  private final Environment environment;
  private final Map<Generation, ActorRef<ProjectionBehavior.Command>> children = new HashMap<>();
  private final Set<ActorRef<?>> ending = new HashSet<>();
  private final Map<String, Long> unsaved = new ConcurrentHashMap<>();
  private boolean stopping;

  static Behavior<Message> create(int slice, Environment environment) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Look(), LOOK);
                  timers.startTimerWithFixedDelay(new Save(), SAVE);
                  return new SliceProjections(context, slice, environment);
                }));
  }

  private SliceProjections(ActorContext<Message> context, int slice, Environment environment) {
    super(context);
    this.slice = slice;
    this.environment = environment;
    look();
  }

  /** Starts what is to be kept up and ends what is no longer. */
  private Behavior<Message> look() {
    if (stopping) {
      return this;
    }
    Set<Generation> wanted = new HashSet<>();
    environment
        .handlers()
        .keySet()
        .forEach(view -> wanted.addAll(environment.generations().followed(view)));
    wanted.stream()
        .filter(generation -> !children.containsKey(generation))
        .forEach(generation -> children.put(generation, spawn(generation)));
    children
        .entrySet()
        .removeIf(child -> !wanted.contains(child.getKey()) && end(child.getValue()));
    return this;
  }

  private ActorRef<ProjectionBehavior.Command> spawn(Generation generation) {
    var child =
        getContext()
            .spawn(ProjectionBehavior.create(projection(generation)), generation.projection());
    getContext().watch(child);
    return child;
  }

  private boolean end(ActorRef<ProjectionBehavior.Command> child) {
    ending.add(child);
    child.tell(ProjectionBehavior.stopMessage());
    return true;
  }

  /** Every start has a handler of its own: what an earlier one left under way is none of its. */
  private Projection<RecordGroup> projection(Generation generation) {
    String name = generation.projection();
    ViewProgress.Key key = new ViewProgress.Key(name, slice);
    ProjectionSettings settings = environment.settings();
    var factory = environment.handlers().get(generation.view());
    var handler = new AtomicReference<RecordHandler>();
    return CassandraProjection.atLeastOnceFlow(
            ProjectionId.of(name, Integer.toString(slice)),
            new SliceSource(
                environment.reader(),
                slice,
                () -> {
                  handler.set(factory.of(slice, generation));
                  return stored(name);
                }),
            FlowWithContext.fromPairs(flow(handler::get, key)))
        .withRestartBackoff(settings.restartMinimum(), settings.restartMaximum(), 0.2)
        .withStatusObserver(new Failures(key, environment.progress()));
  }

  private CompletionStage<Long> stored(String projection) {
    var position = new AtomicLong(Position.BEFORE_FIRST);
    return environment
        .positions()
        .of(
            slice,
            (slice, name, found) -> {
              if (name.equals(projection)) {
                position.set(found);
              }
            })
        .thenApply(done -> position.get());
  }

  /** Nothing leaves the flow, so that nothing is stored as offset by Pekko. */
  private Flow<Pair<RecordGroup, ProjectionContext>, Pair<Done, ProjectionContext>, NotUsed> flow(
      Supplier<RecordHandler> handler, ViewProgress.Key key) {
    var pace = new Pace(() -> environment.progress().wanted(key));
    return Flow.<Pair<RecordGroup, ProjectionContext>>create()
        .map(Pair::first)
        .mapAsync(
            1,
            group ->
                pace.keep(
                    group,
                    () ->
                        handler
                            .get()
                            .handle(group.records())
                            .thenAccept(done -> reached(key, group.position()))))
        .mapConcat(done -> List.of());
  }

  private void reached(ViewProgress.Key key, long position) {
    unsaved.merge(key.view(), position, Math::max);
    environment.progress().reachedHere(key, position);
  }

  private Behavior<Message> save() {
    Map<String, Long> saving = Map.copyOf(unsaved);
    environment
        .positions()
        .store(slice, saving)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                saving.forEach(unsaved::remove);
              }
            });
    return this;
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Stop.class, stop -> stopChildren())
        .onMessage(Look.class, look -> look())
        .onMessage(Save.class, save -> save())
        .onSignal(Terminated.class, this::ended)
        .build();
  }

  private Behavior<Message> stopChildren() {
    stopping = true;
    children.values().forEach(this::end);
    children.clear();
    return ending.isEmpty() ? stopped() : this;
  }

  private Behavior<Message> stopped() {
    save();
    return Behaviors.stopped();
  }

  /** The daemon process is started again by its keep-alive when a projection ends by itself. */
  private Behavior<Message> ended(Terminated child) {
    boolean expected = ending.remove(child.getRef());
    children.values().removeIf(ref -> ref.equals(child.getRef().unsafeUpcast()));
    return expected && !stopping ? this : stopChildren();
  }

  /** Counts failures, which end the stream and are followed by a restart. */
  private static final class Failures extends StatusObserver<RecordGroup> {
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
    public void beforeProcess(ProjectionId id, RecordGroup group) {}

    @Override
    public void afterProcess(ProjectionId id, RecordGroup group) {}

    @Override
    public void offsetProgress(ProjectionId id, RecordGroup group) {}

    @Override
    public void error(
        ProjectionId id,
        RecordGroup group,
        Throwable cause,
        org.apache.pekko.projection.HandlerRecoveryStrategy strategy) {}
  }
}
