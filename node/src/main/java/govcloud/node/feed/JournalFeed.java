package govcloud.node.feed;

import govcloud.domain.Commit;
import govcloud.journal.HybridClock;
import govcloud.journal.reader.PositionedRecord;
import govcloud.journal.reader.SliceReader;
import govcloud.node.projection.CommitDecoder;
import govcloud.protobuf.journal.v1.Record;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** The feed straight from the journal: one reader for each slice, merged. */
public final class JournalFeed implements EventFeed {

  /** Are read by auditors alone, and not without a trace. */
  private static final Set<String> UNTOLD =
      Set.of("alarms", "audit", "exchange", "ledger", "objection", "recall", "source");

  private final ClassicActorSystemProvider system;
  private final SliceReader reader;
  private final CommitDecoder decoder;
  private final int slices;
  private final String source;
  private final Supplier<CompletionStage<FeedCursor>> heads;

  /**
   * @param cloud name of this cloud
   * @param heads how far every slice is now
   */
  public JournalFeed(
      ClassicActorSystemProvider system,
      SliceReader reader,
      CommitDecoder decoder,
      int slices,
      String cloud,
      Supplier<CompletionStage<FeedCursor>> heads) {
    this.system = system;
    this.reader = reader;
    this.decoder = decoder;
    this.slices = slices;
    this.source = "/clouds/" + cloud;
    this.heads = heads;
  }

  @Override
  public CompletionStage<Source<FeedEvent, NotUsed>> events(
      Optional<String> cursor, FeedFilter filter) {
    Optional<FeedCursor> place = cursor.map(text -> FeedCursor.decode(text, slices));
    return heads
        .get()
        .thenCompose(
            now ->
                place.isEmpty()
                    ? CompletableFuture.completedFuture(from(now, filter))
                    : whole(place.get(), now).thenApply(done -> from(place.get(), filter)));
  }

  /** Reads the first record behind a place in every slice that has any. */
  private CompletionStage<Done> whole(FeedCursor place, FeedCursor now) {
    return Source.range(0, slices - 1)
        .filter(slice -> place.position(slice) < now.position(slice))
        .flatMapMerge(slices, slice -> reader.currentRecords(slice, place.position(slice)).take(1))
        .runWith(Sink.ignore(), system);
  }

  @Override
  public CompletionStage<String> now() {
    return heads.get().thenApply(FeedCursor::encode);
  }

  private Source<FeedEvent, NotUsed> from(FeedCursor place, FeedFilter filter) {
    List<Integer> all = IntStream.range(0, slices).boxed().toList();
    return Source.from(all)
        .flatMapMerge(
            slices,
            slice ->
                reader
                    .records(slice, place.position(slice))
                    .map(record -> Pair.create(slice, record)))
        .<FeedCursor, List<FeedEvent>>statefulMap(
            () -> place,
            (cursor, read) -> {
              FeedCursor next = cursor.with(read.first(), read.second().position());
              return Pair.create(next, events(read.first(), read.second(), cursor, next, filter));
            },
            cursor -> Optional.empty())
        .mapConcat(events -> events);
  }

  /** Only the last event of a record carries the cursor behind it: the others may come again. */
  private List<FeedEvent> events(
      int slice, PositionedRecord read, FeedCursor before, FeedCursor after, FeedFilter filter) {
    Record stored = read.record();
    if (UNTOLD.contains(stored.getEntityType()) || !filter.admitsTenant(stored.getTenant())) {
      return List.of();
    }
    Commit<?> commit = decoder.decode(stored);
    List<FeedEvent> events = new ArrayList<>();
    int last = commit.events().size() - 1;
    for (int number = 0; number <= last; number++) {
      Object event = commit.events().get(number);
      String type = EventJson.type(stored.getManifest(), event);
      if (filter.admitsType(type)) {
        events.add(
            new FeedEvent(
                (number == last ? after : before).encode(),
                slice + "-" + read.position() + "-" + number,
                type,
                source,
                stored.getEntityId(),
                Instant.ofEpochMilli(HybridClock.millisOf(stored.getHybridClock())),
                stored.getTenant(),
                stored.getSequence(),
                EventJson.data(event)));
      }
    }
    return events;
  }
}
