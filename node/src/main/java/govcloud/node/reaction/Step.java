package govcloud.node.reaction;

import govcloud.domain.Actor;
import java.util.Objects;

/** One thing that follows from an event. Doing it again must change nothing. */
sealed interface Step {

  /** Asks a command of an entity; a refusal means that it is settled otherwise. */
  record Ask(String entityId, Object command, Actor actor) implements Step {
    public Ask {
      Objects.requireNonNull(command, "command");
    }

    static Ask byPlatform(String entityId, Object command) {
      return new Ask(entityId, command, Actor.platform());
    }
  }

  /** Sets up an approved app, or ends the operation where there is nothing to set up. */
  record Provision(String appId, String operation) implements Step {}

  /** Moves the running cases of an app to the version that it has now, then ends the operation. */
  record MigrateCases(String appId, String operation) implements Step {}

  /** Destroys the key of a person whose data are erased. */
  record DestroyKey(String subjectId, String key) implements Step {}

  /** Undoes what an operation that was given up had begun. */
  record GiveUp(String operationId, String reason) implements Step {}

  /** Begins again what a failed operation had to do. */
  record Resume(String operationId) implements Step {}
}
