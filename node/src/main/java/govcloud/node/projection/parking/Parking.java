package govcloud.node.projection.parking;

import govcloud.domain.Actor;
import govcloud.domain.operation.OperationCommand;
import govcloud.journal.cassandra.TablePart;
import govcloud.journal.plugin.SliceJournal;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.projection.CommitDecoder;
import govcloud.node.projection.RecordHandler;
import govcloud.protobuf.journal.v1.Record;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;

/** Parked streams of all views: how they come about and how they are replayed. */
public final class Parking {

  /** How long a replay may take until it counts as failed. */
  private static final Duration REPLAY = Duration.ofHours(1);

  /** Streams that one wish covers at most. */
  public static final int AT_ONCE = 100;

  private static final String OPERATION = "operation/";

  private final ActorSystem<?> system;
  private final SliceJournal journal;
  private final Entities entities;
  private final ParkedStreams streams;
  private final ParkingHandler.Environment environment;
  private final String cloud;
  private final Clock clock;

  /**
   * Parking on a node.
   *
   * @param limit parked streams of one view in one slice, beyond which the view is what is broken
   * @param cloud name under which the operations of replays run
   */
  public Parking(
      ActorSystem<?> system,
      SliceJournal journal,
      Entities entities,
      CommitDecoder decoder,
      int limit,
      String cloud,
      Clock clock) {
    this.system = system;
    this.journal = journal;
    this.entities = entities;
    this.streams =
        new CassandraParkedStreams(
            journal.session(TablePart.VIEWS), journal.cassandra().keyspace());
    this.environment =
        new ParkingHandler.Environment(streams, this::waiting, this::over, decoder, limit, clock);
    this.cloud = cloud;
    this.clock = clock;
  }

  /** The same handlers, which go on past records that they can never take in. */
  public RecordHandler.Factory around(RecordHandler.Factory handlers) {
    return (slice, generation) ->
        new ParkingHandler(
            generation.projection(), slice, handlers.of(slice, generation), environment);
  }

  /** What is parked. */
  public ParkedStreams streams() {
    return streams;
  }

  /**
   * Opens an operation for every parked stream, the oldest first.
   *
   * @param view name of the projection
   * @param entity only this entity's stream, or empty for all
   * @param actor who wants it
   * @param key the same key opens the same operations; letters, digits and hyphens
   * @return identifiers of the operations, at most {@link #AT_ONCE}; fails with an {@link
   *     govcloud.node.eventsourcing.EntityFailure}
   */
  public CompletionStage<List<String>> replay(
      String view, Optional<String> entity, Actor actor, String key) {
    return streams
        .of(view)
        .thenCompose(
            parked -> {
              List<CompletableFuture<String>> opened =
                  parked.stream()
                      .filter(stream -> entity.isEmpty() || entity.get().equals(stream.entity()))
                      .sorted(Comparator.comparing(ParkedStream::since))
                      .limit(AT_ONCE)
                      .map(stream -> open(stream, actor, key).toCompletableFuture())
                      .toList();
              return CompletableFuture.allOf(opened.toArray(CompletableFuture<?>[]::new))
                  .thenApply(done -> opened.stream().map(CompletableFuture::join).toList());
            });
  }

  /** The first name of its kind whose operation lies in the slice of the stream. */
  private String name(ParkedStream stream, String key) {
    String wish = key + "/" + ReplayRequest.subject(stream.view(), stream.entity());
    UUID digits = UUID.nameUUIDFromBytes(wish.getBytes(StandardCharsets.UTF_8));
    for (int number = 0; ; number++) {
      String name = "replay-" + digits + "-" + number;
      if (journal.slices().sliceOf(OPERATION + name) == stream.slice()) {
        return name;
      }
    }
  }

  private CompletionStage<String> open(ParkedStream stream, Actor actor, String key) {
    String name = name(stream, key);
    var open =
        new OperationCommand.Open(
            ReplayRequest.KIND,
            ReplayRequest.subject(stream.view(), stream.entity()),
            cloud,
            List.of(),
            clock.instant().plus(REPLAY));
    return entities
        .<Object>ask(OPERATION + name, Request.of(open, actor).withKey("open", name))
        .thenApply(answer -> name);
  }

  private CompletionStage<List<Record>> waiting(ParkedStream stream) {
    return journal
        .entities()
        .records(stream.entity(), stream.sequence())
        .takeWhile(record -> record.getSequence() <= stream.lastSequence())
        .runWith(Sink.seq(), system);
  }

  private CompletionStage<?> over(
      ReplayRequest request, long position, Optional<ParkedStream> failed) {
    OperationCommand end =
        failed.isEmpty()
            ? new OperationCommand.Succeed(request.entity())
            : new OperationCommand.Fail(
                "record %d: %s".formatted(failed.get().sequence(), failed.get().reason()), false);
    Instant deadline = clock.instant().plus(REPLAY);
    return tell(request, position + "-start", new OperationCommand.Start(deadline))
        .thenCompose(done -> tell(request, position + "-end", end));
  }

  private CompletionStage<?> tell(ReplayRequest request, String step, OperationCommand command) {
    String key = "replay:" + request.view() + ":" + step;
    return entities.<Object>ask(
        request.operation(), Request.of(command, Actor.platform()).withKey(key, key));
  }
}
