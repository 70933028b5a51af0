package govcloud.node.eventsourcing;

import org.apache.pekko.actor.typed.ActorRef;

/** What travels to an entity. */
sealed interface EntityMessage {

  /** The entity that is meant. */
  String entityId();

  /** Who waits for the reply. */
  ActorRef<EntityReply> replyTo();

  /** A command; {@code hybridClock} is the asking node's. */
  record Ask(String entityId, Request<?> request, long hybridClock, ActorRef<EntityReply> replyTo)
      implements EntityMessage {}

  /** Closes a hybrid clock in the slice that the entity {@code slice/<number>} stands for. */
  record CloseClock(String entityId, long clock, ActorRef<EntityReply> replyTo)
      implements EntityMessage {}

  /**
   * The entity's own: the log was looked at for the sake of a message that is still to be answered.
   *
   * @param last sequence of the entity's last record; null where that failed
   * @param failure null where it did not
   */
  record Looked(EntityMessage asked, Long last, Throwable failure) implements EntityMessage {
    @Override
    public String entityId() {
      return asked.entityId();
    }

    @Override
    public ActorRef<EntityReply> replyTo() {
      return asked.replyTo();
    }
  }

  /** A question for the present state. */
  record Read(String entityId, ActorRef<EntityReply> replyTo) implements EntityMessage {}
}
