package govcloud.node.eventsourcing;

import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.Refusal;
import govcloud.node.eventsourcing.EntityMessage.Ask;
import govcloud.node.eventsourcing.EntityMessage.Looked;
import govcloud.node.eventsourcing.EntityReply.Answered;
import govcloud.node.eventsourcing.EntityReply.Failed;
import govcloud.node.eventsourcing.EntityReply.Why;
import govcloud.protobuf.journal.v1.Record;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.JournalPersistRejected;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.Recovery;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * Runs any {@link govcloud.domain.Aggregate} as an event-sourced actor; the only persistent actor
 * of this house. One accepted command leaves one record.
 *
 * <p>It is not supervised: after a failed write or recovery it stops, {@link EntityGuard} tells the
 * callers, and the next message starts it afresh from the journal. A restart in place would carry
 * out commands whose callers have long been told that nothing is stored.
 */
final class AggregateEntity<C, E, S>
    extends EventSourcedBehavior<EntityMessage, Record, EntityState<S>> {

  /** Records between snapshots; replaying this many takes a few milliseconds. */
  private static final int SNAPSHOT_EVERY = 100;

  private final ActorContext<EntityMessage> context;
  private final String entityId;
  private final AggregateType<C, E, S> type;
  private final EntityHistory<C, E, S> history;
  private final EntityCallers callers;
  private final EntityEnvironment environment;
  private final boolean useSnapshot;
  private EntityHistory.Step<S> onItsWay;

  /** Whether the log was looked at for the message that is being answered. */
  private boolean looked;

  AggregateEntity(
      ActorContext<EntityMessage> context,
      String entityId,
      AggregateType<C, E, S> type,
      EntityCallers callers,
      EntityEnvironment environment) {
    super(PersistenceId.ofUniqueId(entityId));
    this.context = context;
    this.entityId = entityId;
    this.type = type;
    this.history = new EntityHistory<>(entityId, type);
    this.callers = callers;
    this.environment = environment;
    this.useSnapshot = !environment.damage().isSuspect(entityId);
  }

  @Override
  public EntityState<S> emptyState() {
    return EntityState.empty(type.aggregate().initial());
  }

  @Override
  public CommandHandler<EntityMessage, Record, EntityState<S>> commandHandler() {
    return newCommandHandlerBuilder().forAnyState().onAnyCommand(this::onMessage);
  }

  private Effect<Record, EntityState<S>> onMessage(EntityState<S> entity, EntityMessage message) {
    if (message instanceof Looked looked) {
      return onLooked(entity, looked);
    }
    if (message instanceof Ask ask) {
      try {
        return onAsk(entity, ask);
      } catch (RuntimeException e) {
        context
            .getLog()
            .error("{}: the rules failed on {}", entityId, ask.request().command().getClass(), e);
        callers.answer(ask.replyTo(), new Failed(Why.BROKEN, entity.version() + 1, e.toString()));
        return Effect().none();
      }
    }
    return answer(message, entity, null);
  }

  /**
   * The log was looked at: what is in memory is all there is, or this entity has been overtaken.
   */
  private Effect<Record, EntityState<S>> onLooked(EntityState<S> entity, Looked looked) {
    if (looked.failure() != null) {
      var damage = environment.damageIn(looked.failure());
      var sequence = damage.map(JournalSeam.Damage::sequence).orElse(entity.version() + 1);
      var why = damage.isPresent() ? Why.DAMAGED : Why.NOT_STORED;
      callers.answer(looked.replyTo(), new Failed(why, sequence, String.valueOf(looked.failure())));
      return Effect().none();
    }
    if (looked.last() > entity.version()) {
      callers.failing(
          new Failed(Why.NOT_STORED, entity.version() + 1, "another node has gone on with it"),
          Duration.ZERO);
      return Effect().stop();
    }
    this.looked = true;
    try {
      return onMessage(entity, looked.asked());
    } finally {
      this.looked = false;
    }
  }

  private Effect<Record, EntityState<S>> onAsk(EntityState<S> entity, Ask ask) {
    var request = ask.request();
    var forbidden = environment.permit().refusal();
    if (forbidden.isPresent()) {
      tell(ask.replyTo(), entity, forbidden.get());
      return Effect().none();
    }
    var closed = environment.permit().closed(history.tenant());
    if (closed.isPresent()) {
      callers.answer(
          ask.replyTo(),
          new Failed(Why.of(closed.get().reason()), entity.version() + 1, closed.get().message()));
      return Effect().none();
    }
    var receipt = entity.receiptFor(request.idempotencyKey());
    if (receipt.isPresent() && receipt.get().requestHash().equals(request.requestHash())) {
      return replay(ask.replyTo(), entity, receipt.get());
    }
    if (receipt.isPresent()) {
      return answer(ask, entity, RequestRefusal.keyReused(request.idempotencyKey()));
    }
    var expected = request.expectedVersion();
    if (expected.isPresent() && expected.getAsLong() != entity.version()) {
      return answer(
          ask, entity, RequestRefusal.versionMismatch(expected.getAsLong(), entity.version()));
    }
    return decide(entity, typed(request), ask);
  }

  private Request<C> typed(Request<?> request) {
    @SuppressWarnings("unchecked") // the asking side has looked at the type of the command
    var typed = (Request<C>) request;
    return typed;
  }

  private Effect<Record, EntityState<S>> decide(
      EntityState<S> entity, Request<C> request, Ask ask) {
    var now = environment.clock().instant();
    var decision =
        type.aggregate()
            .decide(entity.state(), request.command(), new Context(now, request.actor()));
    if (decision instanceof Decision.Refused<E> refused) {
      return answer(ask, entity, refused.refusal());
    }
    var events = ((Decision.Accepted<E>) decision).events();
    if (events.isEmpty()) {
      return answer(ask, entity, null);
    }
    var clock = environment.hybridClock().next(Math.max(ask.hybridClock(), entity.hybridClock()));
    var step = history.append(entity, request, events, now, clock);
    if (request.dryRun()) {
      return answer(ask, step.next(), null);
    }
    var replyTo = ask.replyTo();
    onItsWay = step;
    callers.storing(replyTo);
    return Effect().persist(step.stored()).thenRun(after -> stored(replyTo, after));
  }

  private void stored(ActorRef<EntityReply> replyTo, EntityState<S> entity) {
    onItsWay = null;
    callers.stored();
    tell(replyTo, entity, null);
  }

  /**
   * Answers from memory, as soon as it is sure that no other node has gone on with this entity: an
   * append would find that out by itself, but this one stores nothing.
   */
  private Effect<Record, EntityState<S>> answer(
      EntityMessage asked, EntityState<S> entity, Refusal refusal) {
    if (looked) {
      tell(asked.replyTo(), entity, refusal);
    } else {
      var self = context.getSelf();
      environment
          .journal()
          .confirm(entityId)
          .whenComplete((last, failure) -> self.tell(new Looked(asked, last, failure)));
    }
    return Effect().none();
  }

  private void tell(ActorRef<EntityReply> replyTo, EntityState<S> entity, Refusal refusal) {
    var status = type.aggregate().status(entity.state());
    var at = entity.at() == null ? environment.clock().instant() : entity.at();
    reply(replyTo, entity, entity.version(), status, at, refusal, false);
  }

  private Effect<Record, EntityState<S>> replay(
      ActorRef<EntityReply> replyTo, EntityState<S> entity, EntityState.Receipt receipt) {
    reply(replyTo, entity, receipt.version(), receipt.status(), receipt.at(), null, true);
    return Effect().none();
  }

  private void reply(
      ActorRef<EntityReply> replyTo,
      EntityState<S> entity,
      long version,
      String status,
      Instant at,
      Refusal refusal,
      boolean replayed) {
    var token = environment.consistencyToken(entityId);
    var answer = new Answer<>(entity.state(), version, status, at, refusal, replayed, token);
    callers.answer(replyTo, new Answered(answer, environment.hybridClock().next()));
  }

  @Override
  public EventHandler<EntityState<S>, Record> eventHandler() {
    return newEventHandlerBuilder().forAnyState().onAnyEvent(this::onRecord);
  }

  @SuppressWarnings("ReferenceEquality") // the very object that was given to the journal
  private EntityState<S> onRecord(EntityState<S> entity, Record stored) {
    return onItsWay != null && onItsWay.stored() == stored
        ? onItsWay.next()
        : history.replay(entity, stored);
  }

  @Override
  public SignalHandler<EntityState<S>> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (entity, signal) -> recovered(entity))
        .onSignal(RecoveryFailed.class, (entity, signal) -> notRecovered(signal.getFailure()))
        .onSignal(
            JournalPersistRejected.class, (entity, signal) -> notStored(entity, signal.failure()))
        .onSignal(
            JournalPersistFailed.class, (entity, signal) -> notStored(entity, signal.failure()))
        .build();
  }

  private void recovered(EntityState<S> entity) {
    var highest = lastSequenceNumber(context);
    if (highest != entity.version()) {
      throw new DamagedRecordException(
          entityId,
          entity.version() + 1,
          "missing (expected: records up to " + highest + ")",
          null);
    }
    environment.damage().healthy(entityId);
  }

  private void notRecovered(Throwable cause) {
    var damage = environment.damageIn(cause);
    if (damage.isEmpty()) {
      callers.failing(
          new Failed(Why.NOT_STORED, 0, "not recovered: " + cause), environment.pause());
    } else if (useSnapshot) {
      // A snapshot is disposable: it may be the snapshot that is wrong, so look without it once.
      environment.damage().suspect(entityId);
      callers.failing(
          new Failed(Why.NOT_STORED, 0, "looked at again without snapshot"), Duration.ZERO);
    } else {
      environment.damage().damaged(entityId, damage.get());
      callers.failing(
          new Failed(Why.DAMAGED, damage.get().sequence(), damage.get().message()),
          environment.damagedPause());
    }
  }

  private void notStored(EntityState<S> entity, Throwable cause) {
    var why = environment.journal().isNotStored(cause) ? Why.NOT_STORED : Why.UNKNOWN;
    callers.failing(
        new Failed(why, entity.version() + 1, String.valueOf(cause.getMessage())), Duration.ZERO);
  }

  @Override
  public Recovery recovery() {
    return useSnapshot && !type.aggregate().isShort()
        ? super.recovery()
        : Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 1);
  }
}
