package govcloud.node.projection.parking;

import govcloud.journal.DamagedEntityException;
import govcloud.journal.reader.PositionedRecord;
import govcloud.node.projection.CommitDecoder;
import govcloud.node.projection.RecordHandler;
import govcloud.protobuf.journal.v1.Record;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a projection going past records that it can never take in: the stream of their entity is
 * set aside, all others go on. Its methods are called one at a time.
 */
final class ParkingHandler implements RecordHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ParkingHandler.class);

  /** What a handler needs beside the projection that it keeps going. */
  record Environment(
      ParkedStreams streams,
      WaitingRecords waiting,
      ReplayAnswers answers,
      CommitDecoder decoder,
      int limit,
      Clock clock) {}

  private final String view;
  private final int slice;
  private final RecordHandler projection;
  private final Environment environment;
  private Map<String, ParkedStream> parked;

  ParkingHandler(String view, int slice, RecordHandler projection, Environment environment) {
    this.view = view;
    this.slice = slice;
    this.projection = projection;
    this.environment = environment;
  }

  @Override
  public CompletionStage<?> handle(List<PositionedRecord> records) {
    return parked == null ? load().thenCompose(loaded -> inParts(records)) : inParts(records);
  }

  private CompletionStage<?> load() {
    return environment
        .streams()
        .of(view, slice)
        .thenAccept(
            streams -> {
              Map<String, ParkedStream> found = new TreeMap<>();
              streams.forEach(stream -> found.put(stream.entity(), stream));
              parked = found;
            });
  }

  /** A wish for a replay is carried out between the records before it and those behind it. */
  private CompletionStage<?> inParts(List<PositionedRecord> records) {
    CompletionStage<?> done = CompletableFuture.completedFuture(null);
    int from = 0;
    for (int i = 0; i < records.size(); i++) {
      PositionedRecord record = records.get(i);
      Optional<ReplayRequest> wish = ReplayRequest.in(record.record(), environment.decoder());
      if (wish.isPresent() && wish.get().view().equals(view)) {
        List<PositionedRecord> before = records.subList(from, i);
        done =
            done.thenCompose(ready -> part(before))
                .thenCompose(ready -> replay(wish.get(), record));
        from = i + 1;
      }
    }
    List<PositionedRecord> rest = records.subList(from, records.size());
    return done.thenCompose(ready -> part(rest));
  }

  private CompletionStage<?> part(List<PositionedRecord> records) {
    List<PositionedRecord> free =
        records.stream().filter(record -> !parked.containsKey(entity(record))).toList();
    if (free.isEmpty()) {
      return await(records);
    }
    return asked(free)
        .handle(
            (done, failure) ->
                failure == null
                    ? await(records)
                    : LastingFailure.is(failure)
                        ? oneByOne(records)
                        : CompletableFuture.<Void>failedFuture(failure))
        .thenCompose(next -> next);
  }

  private CompletionStage<?> oneByOne(List<PositionedRecord> records) {
    CompletionStage<?> done = CompletableFuture.completedFuture(null);
    for (PositionedRecord record : records) {
      done = done.thenCompose(ready -> one(record));
    }
    return done;
  }

  private CompletionStage<?> one(PositionedRecord record) {
    if (parked.containsKey(entity(record))) {
      return await(List.of(record));
    }
    return asked(List.of(record))
        .handle(
            (done, failure) ->
                failure == null
                    ? CompletableFuture.<Void>completedFuture(null)
                    : LastingFailure.is(failure) && parked.size() < environment.limit()
                        ? park(record, LastingFailure.reason(failure))
                        : CompletableFuture.<Void>failedFuture(failure))
        .thenCompose(next -> next);
  }

  private CompletionStage<?> park(PositionedRecord record, String reason) {
    long sequence = record.record().getSequence();
    LOG.error(
        "view {}: cannot take in record {} of {}, which waits from here on: {}",
        view,
        sequence,
        entity(record),
        reason);
    return keep(
        new ParkedStream(
            view,
            slice,
            entity(record),
            sequence,
            record.position(),
            sequence,
            reason,
            environment.clock().instant()),
        record.position());
  }

  /** Remembers that the records of parked streams among these wait. */
  private CompletionStage<?> await(List<PositionedRecord> records) {
    Map<String, PositionedRecord> last = new TreeMap<>();
    records.stream()
        .filter(record -> parked.containsKey(entity(record)))
        .forEach(record -> last.put(entity(record), record));
    return CompletableFuture.allOf(
        last.entrySet().stream()
            .map(
                entry ->
                    keep(
                            parked
                                .get(entry.getKey())
                                .upTo(entry.getValue().record().getSequence()),
                            entry.getValue().position())
                        .toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletionStage<Void> keep(ParkedStream stream, long position) {
    return environment
        .streams()
        .keep(stream, position)
        .thenAccept(done -> parked.put(stream.entity(), stream));
  }

  /**
   * Takes in all that waits at once, together with the record of the wish and with its position:
   * what other entities have written since, such as numbers that they share, has lower ones.
   */
  private CompletionStage<?> replay(ReplayRequest request, PositionedRecord wish) {
    ParkedStream stream = parked.get(request.entity());
    CompletionStage<Optional<ParkedStream>> outcome =
        stream == null
            ? part(List.of(wish)).thenApply(done -> Optional.empty())
            : environment
                .waiting()
                .of(stream)
                .thenCompose(records -> asked(together(records, wish)))
                .handle((done, failure) -> replayed(stream, wish, failure))
                .thenCompose(next -> next);
    return outcome.thenCompose(
        failed -> environment.answers().over(request, wish.position(), failed));
  }

  private static List<PositionedRecord> together(List<Record> waiting, PositionedRecord wish) {
    return Stream.concat(
            waiting.stream().map(record -> new PositionedRecord(wish.position(), record)),
            Stream.of(wish))
        .toList();
  }

  private CompletionStage<Optional<ParkedStream>> replayed(
      ParkedStream stream, PositionedRecord wish, Throwable failure) {
    if (failure == null) {
      return environment
          .streams()
          .forget(stream, wish.position())
          .thenApply(
              done -> {
                parked.remove(stream.entity());
                return Optional.empty();
              });
    }
    if (LastingFailure.is(failure)
        || LastingFailure.cause(failure) instanceof DamagedEntityException) {
      ParkedStream again = stream.because(LastingFailure.reason(failure));
      return keep(again, wish.position())
          .thenCompose(done -> part(List.of(wish)))
          .thenApply(done -> Optional.of(again));
    }
    return CompletableFuture.failedFuture(failure);
  }

  private CompletionStage<Void> asked(List<PositionedRecord> records) {
    try {
      return projection.handle(records).thenAccept(done -> {});
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static String entity(PositionedRecord record) {
    return record.record().getEntityId();
  }
}
