package govcloud.node.recall;

import govcloud.domain.recall.Recall;
import govcloud.domain.recall.RecallCommand;
import govcloud.domain.recall.RecallState;
import govcloud.domain.recall.RecallState.Matter;
import govcloud.domain.recall.RecallState.Receiver;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.PlatformCommands;
import govcloud.node.exchange.ExchangeRow;
import govcloud.node.exchange.ExchangeTable;
import govcloud.node.exchange.RecallNotices;
import govcloud.node.projection.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Finds in the records of exchanges who received wrong values, and tells them. A list of exchanges
 * can be behind the exchanges themselves, so it is looked again for a day.
 */
public final class Recipients {

  private static final int PAGE = 200;
  private static final int AT_ONCE = 100;
  private static final Duration AGAIN = Duration.ofDays(1);

  /** What was fetched before the correction may be recorded so much later. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  private final Entities entities;
  private final ExchangeTable exchanges;
  private final RecallTable recalls;
  private final RecallNotices notices;
  private final InstantSource clock;

  public Recipients(
      Entities entities,
      ExchangeTable exchanges,
      RecallTable recalls,
      RecallNotices notices,
      InstantSource clock) {
    this.entities = entities;
    this.exchanges = exchanges;
    this.recalls = recalls;
    this.notices = notices;
    this.clock = clock;
  }

  /** Looks again for those of recalls of the last day, and for all of which nobody has looked. */
  public CompletionStage<Void> tell() {
    var first = PageRequest.first(AT_ONCE);
    return recalls
        .unsearched(first)
        .thenCombine(
            recalls.since(clock.instant().minus(AGAIN), first),
            (fresh, recent) -> Stream.concat(fresh.items().stream(), recent.items().stream()))
        .thenCompose(
            rows ->
                CompletableFuture.allOf(
                    rows.distinct()
                        // Who received those of other clouds is known there.
                        .filter(row -> !row.isFromElsewhere())
                        .map(row -> tell(row).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new)));
  }

  private CompletionStage<Void> tell(RecallRow row) {
    return row.state()
        .matter()
        .map(
            matter ->
                tell(
                    RecallView.id(row.provider(), row.recall()),
                    row.state(),
                    matter,
                    row.state().issuedAt().orElseThrow()))
        .orElseGet(() -> CompletableFuture.completedStage(null));
  }

  /** Tells those who are not told yet; as many as go at once, the others the next time. */
  CompletionStage<Void> tell(String id, RecallState known, Matter matter, Instant issuedAt) {
    return find(matter, issuedAt)
        .thenCompose(
            found -> {
              List<Receiver> fresh =
                  found.stream()
                      .filter(one -> known.told(one.consumer(), one.caseId()).isEmpty())
                      .limit(Recall.MOST_AT_ONCE)
                      .toList();
              return tell(id, known, fresh);
            });
  }

  /** Tells those who were found and are not told yet. */
  CompletionStage<Void> tell(String id, RecallState known, List<Receiver> fresh) {
    return fresh.isEmpty() && known.searched()
        ? CompletableFuture.completedStage(null)
        : notice(id, fresh)
            .thenCompose(
                entered ->
                    PlatformCommands.askEach(
                        entities, Stream.of(id), new RecallCommand.Tell(fresh)))
            // Who was told of others meanwhile has no notice any more.
            .thenCompose(told -> notice(id, fresh));
  }

  private CompletionStage<Void> notice(String id, List<Receiver> fresh) {
    return notices.enter(id.substring(id.indexOf('/') + 1), fresh.stream().map(Receiver::consumer));
  }

  /** The cases because of which the wrong values were let out, with the newest exchange of each. */
  CompletionStage<Collection<Receiver>> find(Matter matter, Instant issuedAt) {
    return from(PageRequest.first(PAGE), matter, issuedAt, new LinkedHashMap<>());
  }

  private CompletionStage<Collection<Receiver>> from(
      PageRequest request, Matter matter, Instant issuedAt, Map<String, Receiver> found) {
    return exchanges
        .of(matter.subject(), request)
        .thenCompose(
            page -> {
              page.items().stream()
                  .filter(row -> isWrong(row, matter, issuedAt.plus(UNDER_WAY)))
                  .forEach(
                      row ->
                          found.putIfAbsent(
                              row.consumer() + " " + row.caseId(),
                              new Receiver(
                                  row.consumer(),
                                  row.caseId(),
                                  row.person(),
                                  row.id(),
                                  row.index())));
              // To the end: rows filed by a node of an earlier version come behind newer ones.
              return page.nextPageToken().isEmpty()
                  ? CompletableFuture.completedStage(new ArrayList<>(found.values()))
                  : from(request.after(page), matter, issuedAt, found);
            });
  }

  /** Whether an exchange gave out what was wrong. */
  static boolean isWrong(ExchangeRow row, Matter matter, Instant until) {
    return row.code().isEmpty()
        && row.provider().equals(matter.provider())
        && row.resource().equals(matter.resource())
        && row.fields().stream().anyMatch(matter.fields()::contains)
        && !row.at().isBefore(matter.since())
        && !row.at().isAfter(until);
  }
}
