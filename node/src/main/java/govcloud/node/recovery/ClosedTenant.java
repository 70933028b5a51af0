package govcloud.node.recovery;

import govcloud.node.eventsourcing.Closing;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import java.time.Duration;
import java.util.Optional;

/**
 * A department that nobody is served for yet.
 *
 * @param tenant its name
 * @param place in the queue, from 1; 0: it does not wait, because it is not what it was
 * @param waiting how many are in the queue
 * @param left until it is proved; empty: not known
 */
record ClosedTenant(String tenant, int place, int waiting, Optional<Duration> left) {
  private static final long SOON = 5;
  private static final long LATER = 3600;

  /** What its entities say. */
  Closing closing() {
    return new Closing(
        place == 0 ? Closing.Reason.TENANT_DAMAGED : Closing.Reason.TENANT_WAITING, words());
  }

  /** A sentence for people. */
  String words() {
    if (place == 0) {
      return tenant + ": the recovery found differences (expected: proved to be what it was)";
    }
    return "%s: place %d of %d among those still to be proved%s (expected: proved)"
        .formatted(
            tenant, place, waiting, left.map(time -> ", about " + seconds(time) + " s").orElse(""));
  }

  /** The answer to whoever asks for it. */
  Problem problem() {
    if (place == 0) {
      return Problem.of(BorderCode.TENANT_DAMAGED, words())
          .header("Retry-After", Long.toString(LATER));
    }
    var problem =
        Problem.of(BorderCode.TENANT_WAITING, words())
            .with("place", place)
            .with("waiting", waiting)
            .header("Retry-After", Long.toString(left.map(ClosedTenant::seconds).orElse(SOON)));
    return left.isEmpty() ? problem : problem.with("expected_seconds", seconds(left.orElseThrow()));
  }

  /** Rounded up, and never at once: the tool has to tell it first. */
  private static long seconds(Duration time) {
    return Math.max(1, time.plusMillis(999).toSeconds());
  }
}
