package govcloud.node.eventsourcing;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Stands before one entity and sees to it that every caller hears at once when the entity fails,
 * instead of running into a time-out. A failed entity refuses for a while, then makes room for a
 * new start.
 */
final class EntityGuard<T> extends BehaviorInterceptor<Object, T> {

  private final EntityCallers callers;
  private final Runnable makeRoom;

  /**
   * Guards one entity.
   *
   * @param makeRoom asks the shard for a passivation, during which it keeps new messages
   */
  EntityGuard(EntityCallers callers, Runnable makeRoom) {
    super(Object.class);
    this.callers = callers;
    this.makeRoom = makeRoom;
  }

  @Override
  public Behavior<T> aroundReceive(
      TypedActorContext<Object> context, Object message, ReceiveTarget<T> target) {
    if (message instanceof EntityMessage entityMessage) {
      callers.arrived(entityMessage.replyTo());
    }
    try {
      @SuppressWarnings("unchecked") // the entity receives its own messages and the journal's
      var next = target.apply(context, (T) message);
      return callers.failing() && !Behavior.isAlive(next) ? refuse(null) : next;
    } catch (RuntimeException e) {
      return refuse(e);
    }
  }

  /** It is sent away, or the node leaves: whoever still waits need not wait for a time-out. */
  @Override
  public Behavior<T> aroundSignal(
      TypedActorContext<Object> context, Signal signal, SignalTarget<T> target) {
    if (signal instanceof PostStop) {
      callers.failAll(new EntityReply.Failed(EntityReply.Why.UNKNOWN, 0, "the entity was stopped"));
    }
    return target.apply(context, signal);
  }

  private Behavior<T> refuse(Throwable thrown) {
    var failure = callers.failure(thrown);
    callers.failAll(failure.reply());
    return Behaviors.setup(
        context -> {
          if (failure.pause().isZero()) {
            makeRoom.run();
          } else {
            context
                .getSystem()
                .scheduler()
                .scheduleOnce(failure.pause(), makeRoom, context.getExecutionContext());
          }
          return Behaviors.receiveMessage(message -> refused(failure.reply().later()));
        });
  }

  private Behavior<T> refused(EntityReply.Failed why) {
    callers.failAll(why);
    return Behaviors.same();
  }
}
