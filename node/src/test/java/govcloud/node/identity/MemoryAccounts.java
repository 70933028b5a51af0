package govcloud.node.identity;

import govcloud.domain.Aggregate;
import govcloud.domain.Commit;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.Refusal;
import govcloud.domain.audit.AuditTrail;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.ProviderIdentity;
import govcloud.domain.identity.SignInSource;
import govcloud.domain.operation.Operation;
import govcloud.domain.tenant.Tenant;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.EntityFailure;
import govcloud.node.eventsourcing.Request;
import govcloud.node.eventsourcing.RequestRefusal;
import govcloud.node.feed.EntityHistory;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Accounts, operations and the audit trail by their own rules, without a journal: what every node
 * sees.
 */
final class MemoryAccounts implements Entities, EntityHistory {

  private final Map<String, Aggregate<?, ?, ?>> aggregates =
      Map.of(
          "account",
          new Account(),
          "audit",
          new AuditTrail(),
          "operation",
          new Operation(),
          "source",
          new SignInSource(),
          "tenant",
          new Tenant());
  private final Map<String, List<Commit<Object>>> commits = new ConcurrentHashMap<>();
  private final InstantSource clock;

  /** Entities whose id begins so cannot be reached. */
  volatile String away = "none";

  /** Whether the list by role is complete; one that is being built names nobody. */
  volatile boolean listed = true;

  MemoryAccounts(InstantSource clock) {
    this.clock = clock;
  }

  @SuppressWarnings("unchecked") // the caller knows the commands of the entity that it asks
  private Aggregate<Object, Object, Object> aggregate(String entityId) {
    return (Aggregate<Object, Object, Object>)
        aggregates.get(entityId.substring(0, entityId.indexOf('/')));
  }

  @Override
  public synchronized <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
    if (entityId.startsWith(away)) {
      return CompletableFuture.failedStage(new EntityFailure.Unavailable(entityId, "away"));
    }
    var version = commits.getOrDefault(entityId, List.of()).size();
    if (request.expectedVersion().orElse(version) != version) {
      return answer(
          entityId, Refusal.of(RequestRefusal.VERSION_MISMATCH, "version: present " + version));
    }
    var context = new Context(clock.instant(), request.actor());
    var decision = aggregate(entityId).decide(state(entityId), request.command(), context);
    if (decision instanceof Decision.Refused<Object> refused) {
      return answer(entityId, refused.refusal());
    }
    var events = ((Decision.Accepted<Object>) decision).events();
    if (!events.isEmpty() && !request.dryRun()) {
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

  /** Whether something was ever written down about an entity whose id begins so. */
  synchronized boolean hasWritten(String prefix) {
    return commits.keySet().stream().anyMatch(id -> id.startsWith(prefix));
  }

  /** Everything that happened to an account. */
  synchronized List<AccountEvent> events(String name) {
    return commits.getOrDefault("account/" + name, List.of()).stream()
        .flatMap(commit -> commit.events().stream())
        .map(AccountEvent.class::cast)
        .toList();
  }

  /** Those that somebody at an identity provider comes in with. */
  synchronized CompletionStage<List<String>> linkedTo(ProviderIdentity identity) {
    return CompletableFuture.completedStage(
        commits.keySet().stream()
            .filter(id -> id.startsWith("account/"))
            .filter(
                id ->
                    ((AccountState) state(id))
                        .credentials()
                        .provider()
                        .filter(identity::equals)
                        .isPresent())
            .map(id -> id.substring("account/".length()))
            .toList());
  }

  /** People who were invited and have not come in, by name; a page's token is its last name. */
  synchronized CompletionStage<Page<String>> invited(PageRequest page) {
    var after = page.token().orElse("");
    var names =
        commits.keySet().stream()
            .filter(id -> id.startsWith("account/"))
            .filter(id -> ((AccountState) state(id)).status() == AccountState.Status.INVITED)
            .map(id -> id.substring("account/".length()))
            .filter(name -> name.compareTo(after) > 0)
            .sorted()
            .toList();
    var shown = names.stream().limit(page.size()).toList();
    return CompletableFuture.completedStage(
        new Page<>(
            shown,
            names.size() > shown.size()
                ? Optional.of(shown.get(shown.size() - 1))
                : Optional.empty()));
  }

  /** People by role, as a list that is up to date. */
  synchronized CompletionStage<List<String>> withRole(String role) {
    return CompletableFuture.completedStage(
        commits.keySet().stream()
            .filter(id -> id.startsWith("account/"))
            .filter(id -> listed && ((AccountState) state(id)).roles().contains(role))
            .map(id -> id.substring("account/".length()))
            .toList());
  }

  private Object state(String entityId) {
    var aggregate = aggregate(entityId);
    var state = aggregate.initial();
    for (var commit : commits.getOrDefault(entityId, List.of())) {
      for (var event : commit.events()) {
        state = aggregate.evolve(state, event);
      }
    }
    return state;
  }

  @SuppressWarnings("unchecked") // the caller knows the state of the entity that it asks
  private <S> CompletionStage<Answer<S>> answer(String entityId, Refusal refusal) {
    var state = state(entityId);
    var version = commits.getOrDefault(entityId, List.of()).size();
    return CompletableFuture.completedStage(
        new Answer<>(
            (S) state,
            version,
            aggregate(entityId).status(state),
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
