package govcloud.node.operation;

import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.Refusal;
import govcloud.domain.operation.Operation;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationEvent;
import govcloud.domain.operation.OperationState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One operation, by its own rules; nobody has an account. */
public final class OneOperation implements Entities {
  private final Operation rules = new Operation();
  private final List<OperationEvent> events = new ArrayList<>();
  private final Instant now;
  private OperationState state = rules.initial();

  /** Vacant, at a time that stands still. */
  public OneOperation(Instant now) {
    this.now = now;
  }

  /** As it is now. */
  public OperationState state() {
    return state;
  }

  /** What has happened to it. */
  public List<OperationEvent> events() {
    return events;
  }

  @Override
  public <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
    var context = new Context(now, request.actor());
    var decision = rules.decide(state, (OperationCommand) request.command(), context);
    if (decision instanceof Decision.Refused<OperationEvent> refused) {
      return answer(refused.refusal());
    }
    for (var event : ((Decision.Accepted<OperationEvent>) decision).events()) {
      events.add(event);
      state = rules.evolve(state, event);
    }
    return answer(null);
  }

  @Override
  public <S> CompletionStage<Answer<S>> read(String entityId) {
    return entityId.startsWith("account/")
        ? CompletableFuture.completedStage(new Answer<>(null, 0, "vacant", now, null, false, "0-0"))
        : answer(null);
  }

  @SuppressWarnings("unchecked") // as the caller of Entities knows the state of what it asks
  private <S> CompletionStage<Answer<S>> answer(Refusal refusal) {
    return CompletableFuture.completedStage(
        new Answer<>((S) state, events.size(), rules.status(state), now, refusal, false, "0-0"));
  }
}
