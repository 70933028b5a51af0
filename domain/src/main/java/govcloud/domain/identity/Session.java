package govcloud.domain.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * One sign-in that may still be in use.
 *
 * @param id names it in lists; no secret
 * @param tokenHash lower-case hexadecimal SHA-256 of the token, which is stored nowhere
 * @param source address from which it was begun
 * @param startedAt when it was begun
 * @param usedAt when it is last known to have been used
 */
public record Session(
    String id, String tokenHash, String source, Instant startedAt, Instant usedAt) {

  /** A session that nobody uses for so long is over. */
  public static final Duration IDLE_LIMIT = Duration.ofMinutes(15);

  /** No session lives longer than this. */
  public static final Duration ABSOLUTE_LIMIT = Duration.ofHours(8);

  /** When it is over, if nobody uses it any more. */
  public Instant endsAt() {
    var idle = usedAt.plus(IDLE_LIMIT);
    var absolute = startedAt.plus(ABSOLUTE_LIMIT);
    return idle.isBefore(absolute) ? idle : absolute;
  }

  /** Whether it lets somebody in at {@code now}. */
  public boolean isAlive(Instant now) {
    return now.isBefore(endsAt());
  }

  Session used(Instant at) {
    return new Session(id, tokenHash, source, startedAt, at);
  }
}
