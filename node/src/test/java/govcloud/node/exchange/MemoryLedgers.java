package govcloud.node.exchange;

import govcloud.domain.Commit;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.exchange.Ledger;
import govcloud.domain.exchange.LedgerCommand;
import govcloud.domain.exchange.LedgerEvent;
import govcloud.domain.exchange.LedgerState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.feed.EntityHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Ledgers by their own rules, without a journal; for all nodes of a cloud. */
final class MemoryLedgers implements Entities, EntityHistory {
  private static final Ledger RULES = new Ledger();

  private final Map<String, List<Commit<LedgerEvent>>> commits = new ConcurrentHashMap<>();

  private List<Commit<LedgerEvent>> kept(String entityId) {
    return commits.computeIfAbsent(entityId, id -> new ArrayList<>());
  }

  private LedgerState state(String entityId) {
    LedgerState state = LedgerState.EMPTY;
    for (Commit<LedgerEvent> commit : kept(entityId)) {
      for (LedgerEvent event : commit.events()) {
        state = RULES.evolve(state, event);
      }
    }
    return state;
  }

  @Override
  public synchronized <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
    long version = kept(entityId).size();
    if (request.expectedVersion().orElse(version) != version) {
      return answer(
          entityId, Refusal.of(ExchangeRefusal.EXCHANGE_LEDGER_REFUSED, "version: " + version));
    }
    Decision<LedgerEvent> decision =
        RULES.decide(
            state(entityId),
            (LedgerCommand) request.command(),
            new Context(Instant.EPOCH, request.actor()));
    if (decision instanceof Decision.Refused<LedgerEvent> refused) {
      return answer(entityId, refused.refusal());
    }
    List<LedgerEvent> events = ((Decision.Accepted<LedgerEvent>) decision).events();
    kept(entityId).add(new Commit<>(Instant.EPOCH, request.actor(), "", "", events));
    return answer(entityId, null);
  }

  @Override
  public synchronized <S> CompletionStage<Answer<S>> read(String entityId) {
    return answer(entityId, null);
  }

  @SuppressWarnings("unchecked")
  private <S> CompletionStage<Answer<S>> answer(String entityId, Refusal refusal) {
    return CompletableFuture.completedStage(
        new Answer<>(
            (S) state(entityId),
            kept(entityId).size(),
            "begun",
            Instant.EPOCH,
            refusal,
            false,
            ""));
  }

  @Override
  public synchronized Source<Entry, NotUsed> of(String entityId, long fromSequence) {
    List<Entry> entries = new ArrayList<>();
    long sequence = 0;
    for (Commit<LedgerEvent> commit : kept(entityId)) {
      if (++sequence >= fromSequence) {
        entries.add(new Entry(sequence, commit));
      }
    }
    return Source.from(entries);
  }
}
