package govcloud.node.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Since when the sibling has not had the vault as it is, and why; known to the node that keeps the
 * vault. As long as it lasts, a key that was made is lost with the site, and one that was erased is
 * still there. For several threads.
 */
final class VaultLag {
  /** Another node keeps the vault now if nothing was seen here for so long. */
  static final Duration SILENT = Duration.ofMinutes(10);

  /** It may last for so long: a large vault is copied for no more than a tenth of the time. */
  static final Duration LIMIT = Duration.ofMinutes(15);

  private Optional<Instant> since = Optional.empty();
  private Instant seen = Instant.MIN;
  private String problem = "";

  /** The sibling does not have it now. */
  synchronized void waits(Instant now) {
    since = Optional.of(since.orElse(now));
    seen = now;
  }

  /** A copy could not be brought. */
  synchronized void failed(String why) {
    problem = why;
  }

  /** The sibling has it as it is. */
  synchronized void inStep(Instant now) {
    since = Optional.empty();
    problem = "";
    seen = now;
  }

  /** For how long it has not had it; zero: it has; empty: this node does not keep the vault. */
  synchronized Optional<Duration> age(Instant now) {
    return seen.isBefore(now.minus(SILENT))
        ? Optional.empty()
        : Optional.of(since.map(from -> Duration.between(from, now)).orElse(Duration.ZERO));
  }

  /** What an operator has to look at. */
  synchronized Optional<ReplicationAlarm> alarm(String sibling, Instant now) {
    return age(now)
        .filter(age -> age.compareTo(LIMIT) > 0)
        .map(
            age ->
                new ReplicationAlarm(
                    ReplicationAlarm.Kind.VAULT_COPY_OLD,
                    sibling,
                    "no copy of the vault as it is since "
                        + since.orElseThrow()
                        + (problem.isEmpty() ? "" : ": " + problem),
                    since.orElseThrow()));
  }
}
