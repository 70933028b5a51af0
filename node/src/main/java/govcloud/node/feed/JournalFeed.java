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
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/** The feed straight from the journal: one reader for each slice, merged. */
public final class JournalFeed implements EventFeed {

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
      SliceReader reader,
      CommitDecoder decoder,
      int slices,
      String cloud,
      Supplier<CompletionStage<FeedCursor>> heads) {
    this.reader = reader;
    this.decoder = decoder;
    this.slices = slices;
    this.source = "/clouds/" + cloud;
    this.heads = heads;
  }

  @Override
  public Source<FeedEvent, NotUsed> events(Optional<String> cursor, FeedFilter filter) {
    return cursor
        .map(text -> from(FeedCursor.decode(text, slices), filter))
        .orElseGet(
            () -> Source.completionStage(heads.get()).flatMapConcat(place -> from(place, filter)));
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
    if (!filter.admitsTenant(stored.getTenant())) {
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
