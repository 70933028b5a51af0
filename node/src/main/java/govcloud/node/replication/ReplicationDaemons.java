package govcloud.node.replication;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The slices that this node replicates, so that they can be told to hurry or to refill. */
final class ReplicationDaemons {
  private final AtomicReferenceArray<ActorRef<SliceReplication.Message>> running;

  ReplicationDaemons(int slices) {
    running = new AtomicReferenceArray<>(slices);
  }

  /** Remembers the actor of a slice; one that has ended takes no messages, which does no harm. */
  Behavior<SliceReplication.Message> noted(int slice, Behavior<SliceReplication.Message> behavior) {
    return Behaviors.setup(
        context -> {
          running.set(slice, context.getSelf());
          return behavior;
        });
  }

  void hurry(ReplicationMessage.Hurry message) {
    ActorRef<SliceReplication.Message> actor = running.get(message.slice());
    if (actor != null) {
      actor.tell(new SliceReplication.Hurry(message.offset()));
    }
  }

  void refill(ReplicationMessage.Refill message) {
    for (int slice = 0; slice < running.length(); slice++) {
      ActorRef<SliceReplication.Message> actor = running.get(slice);
      if (actor != null) {
        actor.tell(new SliceReplication.Refill(message.operation()));
      }
    }
  }
}
