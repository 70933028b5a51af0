package govcloud.node.replication;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.alarm.AlarmBook;
import govcloud.domain.contract.AppInstanceFixture;
import govcloud.domain.contract.TenantFixture;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Departments, which are journaled in slice 0, and rented apps and alarms, in slice 1, by their own
 * rules and without a journal. Keys are remembered as entities remember them.
 */
final class MemoryEntities implements Entities {

  private static final Instant NOW = Instant.parse("2026-03-02T01:15:27.113Z");

  private record Kept(Object state, long version) {}

  private final Map<String, Kept> kept = new HashMap<>();
  private final Map<String, Long> keys = new HashMap<>();
  private final long[] positions = {-1, -1};

  /** Lets something have happened before the test begins. */
  void given(String entityId, Object... commands) {
    for (var command : commands) {
      var actor = new Actor("wang", Actor.OPERATOR);
      var answer = ask(entityId, Request.of(command, actor)).toCompletableFuture().join();
      if (!answer.accepted()) {
        throw new IllegalStateException(answer.refusal().message());
      }
    }
  }

  @Override
  public synchronized <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
    var before = present(entityId);
    var key = entityId + " " + request.idempotencyKey();
    if (!request.idempotencyKey().isEmpty() && keys.containsKey(key)) {
      return answer(entityId, new Kept(before.state(), keys.get(key)), null, true);
    }
    var decision = decide(entityId, before.state(), request);
    if (decision instanceof Decision.Refused<Object> refused) {
      return answer(entityId, before, refused.refusal(), false);
    }
    var state = before.state();
    for (var event : events(decision)) {
      state = aggregate(entityId).evolve(state, event);
    }
    var after = new Kept(state, before.version() + (events(decision).isEmpty() ? 0 : 1));
    if (!request.dryRun() && after.version() > before.version()) {
      kept.put(entityId, after);
      keys.put(key, after.version());
      positions[slice(entityId)] += 1;
    }
    return answer(entityId, after, null, false);
  }

  private static List<Object> events(Decision<Object> decision) {
    return ((Decision.Accepted<Object>) decision).events();
  }

  private static Decision<Object> decide(String entityId, Object state, Request<?> request) {
    return aggregate(entityId).decide(state, request.command(), new Context(NOW, request.actor()));
  }

  @Override
  public synchronized <S> CompletionStage<Answer<S>> read(String entityId) {
    return answer(entityId, present(entityId), null, false);
  }

  /** Records of an entity. */
  synchronized long version(String entityId) {
    return present(entityId).version();
  }

  private Kept present(String entityId) {
    return kept.getOrDefault(entityId, new Kept(aggregate(entityId).initial(), 0));
  }

  @SuppressWarnings("unchecked") // as the caller of Entities knows the state of what it asks
  private <S> CompletionStage<Answer<S>> answer(
      String entityId, Kept now, govcloud.domain.Refusal refusal, boolean replayed) {
    var token = slice(entityId) + "-" + positions[slice(entityId)];
    var status = aggregate(entityId).status(now.state());
    return CompletableFuture.completedStage(
        new Answer<>((S) now.state(), now.version(), status, NOW, refusal, replayed, token));
  }

  private static int slice(String entityId) {
    return entityId.startsWith("tenant/") ? 0 : 1;
  }

  @SuppressWarnings("unchecked") // the first part of the identifier says which
  private static Aggregate<Object, Object, Object> aggregate(String entityId) {
    return (Aggregate<Object, Object, Object>)
        switch (entityId.substring(0, entityId.indexOf('/'))) {
          case "tenant" -> (Aggregate<?, ?, ?>) new TenantFixture().aggregate();
          case "alarms" -> new AlarmBook();
          default -> new AppInstanceFixture().aggregate();
        };
  }
}
