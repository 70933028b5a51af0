package govcloud.node.exchange;

import govcloud.domain.casework.CaseEvent;
import govcloud.journal.HybridClock;
import govcloud.journal.reader.PositionedRecord;
import govcloud.node.exchange.SubscriptionTable.Follower;
import govcloud.node.projection.CommitDecoder;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.RecordHandler;
import govcloud.protobuf.journal.v1.Record;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Notes for each subscription which cases of its provider have changed, from the records of one
 * slice. A record that is seen again is noted again: whoever is told can tell by the message id.
 */
public final class ChangeNotes implements RecordHandler {

  /** Name of the projection. */
  public static final String NAME = "subscriptions";

  /** Clocks of nodes differ by less. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final SubscriptionTable table;
  private final CommitDecoder decoder;
  private final Duration kept;

  /**
   * Notes.
   *
   * @param kept how long a change is kept that nobody fetches
   */
  public ChangeNotes(SubscriptionTable table, CommitDecoder decoder, Duration kept) {
    this.table = table;
    this.decoder = decoder;
    this.kept = kept;
  }

  private record Source(String provider, String app) {

    static Source of(Record stored) {
      return new Source(stored.getTenant(), EntityIds.part(stored.getEntityId(), 2));
    }
  }

  @Override
  public CompletionStage<?> handle(List<PositionedRecord> records) {
    var cases =
        records.stream()
            .map(PositionedRecord::record)
            .filter(stored -> stored.getEntityType().equals("case"))
            .filter(this::changesRecord)
            .toList();
    Map<Source, CompletableFuture<List<Follower>>> followers = new HashMap<>();
    for (var stored : cases) {
      followers.computeIfAbsent(
          Source.of(stored),
          source -> table.followers(source.provider(), source.app()).toCompletableFuture());
    }
    CompletionStage<?> done =
        CompletableFuture.allOf(followers.values().toArray(CompletableFuture<?>[]::new));
    for (var stored : cases) {
      var concerned = followers.get(Source.of(stored));
      done = done.thenCompose(before -> note(stored, concerned.join()));
    }
    return done;
  }

  private CompletionStage<?> note(Record stored, List<Follower> followers) {
    var at = Instant.ofEpochMilli(HybridClock.millisOf(stored.getHybridClock()));
    var concerned = followers.stream().filter(one -> at.isAfter(one.since().minus(SKEW))).toList();
    return CompletableFuture.allOf(
        concerned.stream()
            .map(
                one ->
                    table
                        .changes()
                        .append(one, stored.getEntityId(), at, kept)
                        .toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  /** Who has a case, and its clocks, are no part of the record that it is. */
  private boolean changesRecord(Record stored) {
    return decoder.decode(stored).events().stream()
        .anyMatch(
            event ->
                event instanceof CaseEvent.Created
                    || event instanceof CaseEvent.ActionTaken
                    || event instanceof CaseEvent.Migrated);
  }
}
