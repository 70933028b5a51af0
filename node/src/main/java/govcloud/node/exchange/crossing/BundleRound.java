package govcloud.node.exchange.crossing;

import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.http.Failures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done again and again for one cloud that is reached through gateways: taking in, sending,
 * and telling it how far this one is. One node does it; another that does it as well changes
 * nothing. Blocks; not for several threads.
 */
final class BundleRound {

  private static final Logger LOG = LoggerFactory.getLogger(BundleRound.class);
  private static final Duration REST = Duration.ofSeconds(5);

  private final BundlePeer peer;
  private final BundleIntake intake;
  private final BundleDispatch dispatch;
  private final Duration alarm;
  private Instant next = Instant.MIN;
  private BundleIntake.Look look = new BundleIntake.Look(false, 0);
  private Optional<Instant> missingSince = Optional.empty();

  /**
   * Rounds.
   *
   * @param alarm after which what is on its way is late
   */
  BundleRound(BundlePeer peer, BundleIntake.Answering answering, Duration alarm) {
    this.peer = peer;
    this.intake = new BundleIntake(peer, answering);
    this.dispatch = new BundleDispatch(peer);
    this.alarm = alarm;
  }

  /**
   * Does once what is to be done now.
   *
   * @param refused files that lie aside
   */
  BundleState run(int refused) throws IOException {
    var now = peer.clock().instant();
    takeIn(now);
    var sending = dispatch.run();
    dispatch.tell(look.repeated());
    missing(now);
    return state(sending, refused, now);
  }

  private void missing(Instant now) {
    if (look.missing() == 0) {
      missingSince = Optional.empty();
    } else if (missingSince.isEmpty()) {
      LOG.info(
          "{}: bundle {} of {} has not come (expected: before those behind it)",
          ExchangeRefusal.EXCHANGE_BUNDLE_MISSING,
          look.missing(),
          peer.name());
      missingSince = Optional.of(now);
    }
  }

  /** What cannot be answered now keeps nothing from being sent. */
  private void takeIn(Instant now) {
    if (now.isBefore(next)) {
      return;
    }
    try {
      look = intake.run();
    } catch (IOException | RuntimeException e) {
      LOG.warn("bundles of {}: not now: {}", peer.name(), Failures.cause(e).toString());
      next = now.plus(REST);
      look = new BundleIntake.Look(false, look.missing());
    }
  }

  private BundleState state(BundleDispatch.Sending sending, int refused, Instant now) {
    var standing = peer.standing();
    var bound = now.minus(alarm);
    return new BundleState(
        peer.name(),
        sending.waiting(),
        sending.bundles(),
        sending.since(),
        sending.last(),
        standing
            .map(other -> peer.store().taken(peer.name(), peer.streamFrom(other)).number())
            .orElse(0L),
        look.missing(),
        missingSince,
        standing.map(Standing::at),
        refused,
        sending.since().filter(bound::isAfter).isPresent()
            || missingSince.filter(bound::isAfter).isPresent(),
        now);
  }
}
