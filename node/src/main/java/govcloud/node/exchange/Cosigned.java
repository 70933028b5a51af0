package govcloud.node.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a node's files of the ledger are cosigned.
 *
 * @param size entries that are signed
 * @param cosigned entries of the newest state that the witness cosigned
 * @param at when it did
 * @param heard when the witness answered last
 * @param behindSince since when there is something that it has not cosigned, or it was not heard
 * @param problem what was wrong last; empty: nothing
 */
record Cosigned(
    long size,
    long cosigned,
    Optional<Instant> at,
    Optional<Instant> heard,
    Optional<Instant> behindSince,
    String problem) {

  /** How it is, in one word. */
  enum State {
    /** Everything is cosigned. */
    IN_STEP,
    /** The newest entries are not yet. */
    BEHIND,
    /** The newest entries have not been for too long. */
    UNWITNESSED
  }

  State state(Instant now, Duration limit) {
    if (behindSince.isEmpty()) {
      return State.IN_STEP;
    }
    return behind(now).compareTo(limit) > 0 ? State.UNWITNESSED : State.BEHIND;
  }

  /** How long something has not been cosigned. */
  Duration behind(Instant now) {
    return behindSince
        .map(since -> Duration.between(since, now))
        .filter(age -> !age.isNegative())
        .orElse(Duration.ZERO);
  }
}
