package govcloud.node;

import com.datastax.oss.driver.api.core.CqlSession;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.EntityFailure;
import govcloud.node.identity.Administrators;
import govcloud.node.tls.Mode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node of a cloud in production finds out about its surroundings before it serves. */
final class ProductionStart {

  private static final Logger LOG = LoggerFactory.getLogger(ProductionStart.class);

  /** Codes of second factors change every 30 s, and sessions end by the clock. */
  static final Duration MOST_ERROR = Duration.ofSeconds(2);

  /** Coordinators that are asked, one after the other. */
  private static final int SAMPLES = 3;

  private static final int TRIES = 60;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private ProductionStart() {}

  /** Why a node does not start in its surroundings. */
  private enum Code {
    /** Sessions, codes and time limits would be wrong. */
    CLOCK_WRONG,
    /** Nobody could decide about accounts, and nobody would see what happens. */
    ADMINISTRATORS_MISSING
  }

  /** What one coordinator said, between two looks at this machine's clock. */
  record Sample(String from, Instant before, Instant theirs, Instant after) {

    /** How far the clocks are apart for certain: what the way took may explain the rest. */
    Duration error() {
      if (theirs.isBefore(before)) {
        return Duration.between(before, theirs);
      }
      return theirs.isAfter(after) ? Duration.between(after, theirs) : Duration.ZERO;
    }
  }

  /**
   * Refuses a clock that is too far from Cassandra's.
   *
   * @throws IllegalStateException with both, the limit and a code
   */
  static void requireClock(Mode mode, CqlSession session, Clock clock) {
    if (mode == Mode.PRODUCTION) {
      for (int i = 0; i < SAMPLES; i++) {
        requireClock(sample(session, clock));
      }
    }
  }

  private static Sample sample(CqlSession session, Clock clock) {
    var before = clock.instant();
    var rows = session.execute("SELECT toTimestamp(now()) AS theirs FROM system.local");
    var theirs = rows.one().getInstant("theirs");
    var from =
        rows.getExecutionInfo().getCoordinator() == null
            ? "Cassandra"
            : rows.getExecutionInfo().getCoordinator().getEndPoint().toString();
    // Cassandra's times have whole milliseconds.
    return new Sample(from, before.minusMillis(1), theirs, clock.instant());
  }

  static void requireClock(Sample sample) {
    var error = sample.error();
    if (error.abs().compareTo(MOST_ERROR) > 0) {
      throw new IllegalStateException(
          ("clock: %s, which is %d ms %s that of %s (expected: at most %d ms apart; let both"
                  + " machines ask the same NTP servers) %s")
              .formatted(
                  sample.after(),
                  error.abs().toMillis(),
                  error.isNegative() ? "ahead of" : "behind",
                  sample.from(),
                  MOST_ERROR.toMillis(),
                  Code.CLOCK_WRONG));
    }
  }

  /**
   * Refuses a cloud without its three administrators. Where the accounts cannot be read at all, as
   * while the others are starting too, nothing is known and nothing refused.
   *
   * @throws IllegalArgumentException with who is missing, how to mend it, and a code
   */
  static void requireAdministrators(NodeConfiguration configuration, Entities entities) {
    if (configuration.mode() != Mode.PRODUCTION || configuration.node().copyOf().isPresent()) {
      return;
    }
    var missing = missing(entities, PAUSE);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "govcloud.mode: production, and "
              + String.join(", ", missing)
              + " never came in (expected: the first accounts made, and all three administrators"
              + " signed in once, with mode = development; then production) "
              + Code.ADMINISTRATORS_MISSING);
    }
  }

  static List<String> missing(Entities entities, Duration pause) {
    for (int i = 0; i < TRIES; i++) {
      try {
        return Administrators.missing(entities).toCompletableFuture().join();
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof EntityFailure)) {
          throw e;
        }
        LOG.info("accounts: not readable yet: {}", e.getCause().getMessage());
        sleep(pause);
      }
    }
    LOG.warn("accounts: not readable; whether there are administrators is not known");
    return List.of();
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("start: interrupted", e);
    }
  }
}
