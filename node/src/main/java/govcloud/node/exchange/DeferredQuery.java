package govcloud.node.exchange;

import java.time.Instant;

/**
 * A query that waits until its provider answers, or what came of it.
 *
 * @param consumer the department that asks
 * @param id of the exchange
 * @param person who asked
 * @param requestHash of all that was asked and by whom
 * @param until the last time that the provider is asked
 * @param attempts how often the provider was asked in vain
 * @param nextAt when it is asked again
 * @param code why nothing was let out; empty where it waits or something was
 * @param query what was asked, sealed
 * @param answer what came of it, sealed; empty while it waits
 */
record DeferredQuery(
    String consumer,
    String id,
    String agreement,
    String person,
    String requestHash,
    Instant acceptedAt,
    Instant until,
    State state,
    int attempts,
    Instant nextAt,
    String code,
    String query,
    String answer) {

  /** What became of it. */
  enum State {
    WAITING,
    DELIVERED,
    /** When the provider answered, the agreement, the case or the policy did not allow it. */
    REFUSED,
    /** The provider did not answer in time. */
    UNDELIVERED
  }

  /** The same query after one more attempt in vain. */
  DeferredQuery again(Instant at) {
    return new DeferredQuery(
        consumer,
        id,
        agreement,
        person,
        requestHash,
        acceptedAt,
        until,
        state,
        attempts + 1,
        at,
        code,
        query,
        answer);
  }

  /** The same query when it waits no more. */
  DeferredQuery settled(State end, String why, String told) {
    return new DeferredQuery(
        consumer,
        id,
        agreement,
        person,
        requestHash,
        acceptedAt,
        until,
        end,
        attempts,
        nextAt,
        why,
        query,
        told);
  }
}
