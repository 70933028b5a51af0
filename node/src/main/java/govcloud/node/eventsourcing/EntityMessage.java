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

  /** A question for the present state. */
  record Read(String entityId, ActorRef<EntityReply> replyTo) implements EntityMessage {}
}
