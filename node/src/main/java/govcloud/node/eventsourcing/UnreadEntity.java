package govcloud.node.eventsourcing;

import govcloud.node.eventsourcing.EntityReply.Failed;
import govcloud.node.eventsourcing.EntityReply.Why;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Stands for an entity whose records may not be there yet, because a recovery has still to prove
 * its tenant. Reads nothing, tells whoever asks, and makes room at once, so that the next message
 * looks again.
 */
final class UnreadEntity {
  private UnreadEntity() {}

  static Behavior<EntityMessage> create(Closing closing, Runnable makeRoom) {
    return Behaviors.setup(
        context -> {
          makeRoom.run();
          var why = new Failed(Why.of(closing.reason()), 0, closing.message());
          return Behaviors.receiveMessage(
              message -> {
                message.replyTo().tell(why);
                return Behaviors.same();
              });
        });
  }
}
