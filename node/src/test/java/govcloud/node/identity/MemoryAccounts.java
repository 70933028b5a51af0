package govcloud.node.identity;

import govcloud.domain.Commit;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.Refusal;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.AccountState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.feed.EntityHistory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Accounts by their own rules, without a journal: what every node of a cloud sees. */
final class MemoryAccounts implements Entities, EntityHistory {

  private final Account account = new Account();
  private final Map<String, List<Commit<AccountEvent>>> commits = new ConcurrentHashMap<>();
  private final InstantSource clock;

  MemoryAccounts(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
    var context = new Context(clock.instant(), request.actor());
    var decision = account.decide(state(entityId), (AccountCommand) request.command(), context);
    if (decision instanceof Decision.Refused<AccountEvent> refused) {
      return answer(entityId, refused.refusal());
    }
    var events = ((Decision.Accepted<AccountEvent>) decision).events();
    if (!events.isEmpty()) {
      commits
          .computeIfAbsent(entityId, id -> new ArrayList<>())
          .add(new Commit<>(context.now(), request.actor(), "", "", events));
    }
    return answer(entityId, null);
  }

  @Override
  public synchronized <S> CompletionStage<Answer<S>> read(String entityId) {
    return answer(entityId, null);
  }

  /** Everything that happened to an account. */
  synchronized List<AccountEvent> events(String name) {
    return commits.getOrDefault("account/" + name, List.of()).stream()
        .flatMap(commit -> commit.events().stream())
        .toList();
  }

  private AccountState state(String entityId) {
    var state = account.initial();
    for (var commit : commits.getOrDefault(entityId, List.of())) {
      for (var event : commit.events()) {
        state = account.evolve(state, event);
      }
    }
    return state;
  }

  @SuppressWarnings("unchecked") // every entity here is an account
  private <S> CompletionStage<Answer<S>> answer(String entityId, Refusal refusal) {
    var state = state(entityId);
    var version = commits.getOrDefault(entityId, List.of()).size();
    return CompletableFuture.completedStage(
        new Answer<>(
            (S) state,
            version,
            account.status(state),
            clock.instant(),
            refusal,
            false,
            "0-" + version));
  }

  @Override
  public synchronized Source<Entry, NotUsed> of(String entityId, long fromSequence) {
    var entries = new ArrayList<Entry>();
    var all = commits.getOrDefault(entityId, List.of());
    for (int i = (int) fromSequence - 1; i < all.size(); i++) {
      entries.add(new Entry(i + 1L, all.get(i)));
    }
    return Source.from(entries);
  }
}
