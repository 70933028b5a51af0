package govcloud.node.http;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the border has to know and to tell about the tenant that a request belongs to. */
public interface Tenancy {

  /**
   * How many requests a second the tenant rents; a default for one that is not known. Never fails
   * and answers within milliseconds, rather with an older number.
   */
  CompletionStage<Long> requestsPerSecond(String tenant);

  /** Why a tenant is closed for everybody, as after the loss of its site; empty: it is open. */
  default Optional<Problem> closed(String tenant) {
    return Optional.empty();
  }

  /** Somebody who was let in asks for a tenant that may be closed. */
  default void want(String tenant) {}

  /** Counts a request that was let in. */
  void countAllowed(String tenant);

  /** Counts a request that was turned away because there were too many. */
  void countRefused(String tenant);
}
