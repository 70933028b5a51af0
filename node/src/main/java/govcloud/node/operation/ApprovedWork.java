package govcloud.node.operation;

import govcloud.domain.Actor;
import java.util.concurrent.CompletionStage;

/** What is done when two people have signed a dangerous command. */
public interface ApprovedWork {

  /** Completes where somebody may have it done now; else it fails with a problem. */
  CompletionStage<?> check(String subject, Actor actor);

  /**
   * Begins it; what was begun before is not begun twice.
   *
   * @param operation in whose name; the work itself ends it
   * @param subject as it was signed
   * @param actor who signed last
   */
  CompletionStage<?> begin(String operation, String subject, Actor actor);
}
