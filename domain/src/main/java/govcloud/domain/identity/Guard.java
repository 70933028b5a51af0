package govcloud.domain.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What keeps out those who try passwords. Never for good: anybody can lock anybody out by trying.
 *
 * @param failures refusals since somebody was last let in
 * @param lockedUntil until when nobody is let in
 * @param lastFault why the last attempt was refused; none: it was not
 */
public record Guard(int failures, Optional<Instant> lockedUntil, Optional<SignInFault> lastFault) {

  /** So many refusals in a row lead to a lockout, and each further one to a longer one. */
  public static final int FAILURES_TO_LOCKOUT = 5;

  /** Nobody is locked out for longer at a time. */
  public static final Duration LONGEST_LOCKOUT = Duration.ofMinutes(15);

  /** Nothing has been tried. */
  static final Guard OPEN = new Guard(0, Optional.empty(), Optional.empty());

  /** Whether attempts are not even looked at. */
  public boolean isLocked(Instant now) {
    return lockedUntil.filter(now::isBefore).isPresent();
  }

  /** The lockout that the next refusal leads to: 1, 2, 4, 8 and then always 15 minutes. */
  Optional<Duration> nextLockout() {
    int beyond = failures - (FAILURES_TO_LOCKOUT - 1);
    if (beyond < 0) {
      return Optional.empty();
    }
    int doublings = Math.min(beyond, 4);
    var lockout = Duration.ofMinutes(1L << doublings);
    return Optional.of(lockout.compareTo(LONGEST_LOCKOUT) > 0 ? LONGEST_LOCKOUT : lockout);
  }

  Guard refused(SignInFault fault) {
    var more = failures == Integer.MAX_VALUE ? failures : failures + 1;
    return new Guard(more, lockedUntil, Optional.of(fault));
  }

  Guard locked(Instant until) {
    return new Guard(failures, Optional.of(until), lastFault);
  }
}
