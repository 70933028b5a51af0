package govcloud.node.eventsourcing;

import govcloud.domain.Refusal;
import java.util.Optional;

/** Whether entities may be changed on this node at all. Asked with each request; may not block. */
@FunctionalInterface
public interface WritePermit {

  /** Nobody forbids it. */
  WritePermit OPEN = Optional::empty;

  /** Why nothing is changed; empty: it is. */
  Optional<Refusal> refusal();

  /**
   * Why nothing of a tenant is changed until later; empty: it is changed. Reactions and deadlines
   * that meet it are tried again later.
   *
   * @param tenant empty: the cloud's own
   */
  default Optional<Closing> closed(String tenant) {
    return Optional.empty();
  }
}
