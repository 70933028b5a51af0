package govcloud.node.eventsourcing;

import govcloud.node.eventsourcing.EntityReply.Why;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Those who wait for one entity. Belongs to one actor and is used by its thread alone: the entity
 * answers, the guard sees to it that nobody is left waiting when the entity fails.
 */
final class EntityCallers {

  private final Set<ActorRef<EntityReply>> waiting = new LinkedHashSet<>();
  private ActorRef<EntityReply> storing;
  private Failure failure;

  /** Why the entity stops, and for how long it should refuse before it is tried again. */
  record Failure(EntityReply.Failed reply, Duration pause) {}

  void arrived(ActorRef<EntityReply> caller) {
    waiting.add(caller);
  }

  void answer(ActorRef<EntityReply> caller, EntityReply reply) {
    waiting.remove(caller);
    caller.tell(reply);
  }

  /** From here on it is the journal that decides about this caller's record. */
  void storing(ActorRef<EntityReply> caller) {
    storing = caller;
  }

  void stored() {
    storing = null;
  }

  /** Remembers why the entity is about to stop. */
  void failing(EntityReply.Failed why, Duration pause) {
    failure = new Failure(why, pause);
  }

  /** The reason that the entity gave, or else what it has thrown. */
  Failure failure(Throwable thrown) {
    return failure != null
        ? failure
        : new Failure(
            new EntityReply.Failed(Why.NOT_STORED, 0, "the entity stopped: " + thrown),
            Duration.ZERO);
  }

  /** Whether the entity has said that it is about to stop. */
  boolean failing() {
    return failure != null;
  }

  /** Tells everybody; only the one whose record was on its way may hear that it is unknown. */
  void failAll(EntityReply.Failed why) {
    var others = why.later();
    for (var caller : waiting) {
      caller.tell(caller.equals(storing) ? why : others);
    }
    waiting.clear();
    storing = null;
  }
}
