package govcloud.node.eventsourcing;

import govcloud.journal.HybridClock;
import govcloud.node.eventsourcing.EntityMessage.Ask;
import govcloud.node.eventsourcing.EntityMessage.Read;
import govcloud.node.eventsourcing.EntityReply.Answered;
import govcloud.node.eventsourcing.EntityReply.Failed;
import govcloud.node.eventsourcing.EntityReply.Why;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Asks entities through the shard region, and again where that is safe. */
final class ShardedEntities implements Entities {

  private final ActorSystem<?> system;
  private final ActorRef<EntityMessage> region;
  private final AggregateTypes types;
  private final HybridClock hybridClock;
  private final EntitySettings settings;

  ShardedEntities(
      ActorSystem<?> system,
      ActorRef<EntityMessage> region,
      AggregateTypes types,
      HybridClock hybridClock,
      EntitySettings settings) {
    this.system = system;
    this.region = region;
    this.types = types;
    this.hybridClock = hybridClock;
    this.settings = settings;
  }

  @Override
  public <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
    var commands = types.of(entityId).commandType();
    if (!commands.isInstance(request.command())) {
      throw new ClassCastException(request.command() + " (expected: a " + commands + ")");
    }
    return new Attempts<S>(
            entityId,
            !request.dryRun(),
            !request.idempotencyKey().isEmpty(),
            replyTo -> new Ask(entityId, request, hybridClock.next(), replyTo))
        .start();
  }

  @Override
  public <S> CompletionStage<Answer<S>> read(String entityId) {
    types.of(entityId);
    return new Attempts<S>(entityId, false, true, replyTo -> new Read(entityId, replyTo)).start();
  }

  /** One request and its repetitions. One attempt follows another, so no field is contended. */
  private final class Attempts<S> {

    private final String entityId;
    private final boolean stores;
    private final boolean repeatable;
    private final Function<ActorRef<EntityReply>, EntityMessage> message;
    private final long deadline = System.nanoTime() + settings.timeLimit().toNanos();
    private final CompletableFuture<Answer<S>> result = new CompletableFuture<>();
    private volatile boolean maybeStored;

    Attempts(
        String entityId,
        boolean stores,
        boolean keyed,
        Function<ActorRef<EntityReply>, EntityMessage> message) {
      this.entityId = entityId;
      this.stores = stores;
      this.repeatable = keyed || !stores;
      this.message = message;
    }

    CompletionStage<Answer<S>> start() {
      attempt();
      return result;
    }

    private void attempt() {
      AskPattern.<EntityMessage, EntityReply>ask(
              region, message::apply, settings.askTimeout(), system.scheduler())
          .whenComplete(this::completed);
    }

    private void completed(EntityReply reply, Throwable failure) {
      if (reply instanceof Answered answered) {
        hybridClock.next(answered.hybridClock());
        @SuppressWarnings("unchecked") // the caller knows the state type of the entity it asks
        var answer = (Answer<S>) answered.answer();
        result.complete(answer);
      } else if (reply instanceof Failed failed) {
        failed(failed);
      } else {
        var late = failure instanceof TimeoutException ? "no answer in time" : failure.toString();
        failed(new Failed(Why.UNKNOWN, 0, late));
      }
    }

    private void failed(Failed failed) {
      String message = failed.message();
      switch (failed.why()) {
        case DAMAGED ->
            result.completeExceptionally(
                new EntityFailure.Damaged(entityId, failed.sequence(), message));
        case BROKEN -> result.completeExceptionally(new EntityFailure.Broken(entityId, message));
        case SITE_DRAINED -> closed(Closing.Reason.SITE_DRAINED, message);
        case TENANT_WAITING -> closed(Closing.Reason.TENANT_WAITING, message);
        case TENANT_DAMAGED -> closed(Closing.Reason.TENANT_DAMAGED, message);
        case TENANT_NOT_IN_COPY -> closed(Closing.Reason.TENANT_NOT_IN_COPY, message);
        case NOT_STORED, UNKNOWN -> unanswered(failed);
      }
    }

    private void closed(Closing.Reason reason, String message) {
      result.completeExceptionally(
          new EntityFailure.Closed(entityId, new Closing(reason, message)));
    }

    private void unanswered(Failed failed) {
      maybeStored |= stores && failed.why() == Why.UNKNOWN;
      var again = repeatable || !maybeStored;
      var pause = settings.retryPause();
      if (again && System.nanoTime() + pause.toNanos() < deadline) {
        later(pause);
      } else {
        giveUp(failed.message());
      }
    }

    private void later(Duration pause) {
      system.scheduler().scheduleOnce(pause, this::attempt, system.executionContext());
    }

    private void giveUp(String message) {
      result.completeExceptionally(
          maybeStored
              ? new EntityFailure.OutcomeUnknown(entityId, message)
              : new EntityFailure.Unavailable(entityId, message));
    }
  }
}
