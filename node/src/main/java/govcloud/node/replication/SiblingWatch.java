package govcloud.node.replication;

import govcloud.node.projection.ConsistencyToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the sibling is away: from the first record whose receipt is not there in time until
 * that receipt comes. The watch waits for it by itself; nobody's change is tried out to see whether
 * the sibling is back.
 */
final class SiblingWatch {

  private static final Logger LOG = LoggerFactory.getLogger(SiblingWatch.class);

  /** Between two waits for the receipt that is missing. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** How much later than its limit a wait may end before it counts as in vain. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final ActorSystem<?> system;
  private final ReceiptWait receipts;
  private final Duration limit;
  private final Clock clock;
  private final AtomicReference<Missing> missing = new AtomicReference<>();

  private record Missing(ConsistencyToken place, Instant since) {}

  SiblingWatch(ActorSystem<?> system, ReceiptWait receipts, Duration limit, Clock clock) {
    this.system = system;
    this.receipts = receipts;
    this.limit = limit;
    this.clock = clock;
  }

  /** Since when the sibling is away; empty: it is not, as far as is known. */
  Optional<Instant> awaySince() {
    return Optional.ofNullable(missing.get()).map(Missing::since);
  }

  /**
   * Whether the sibling has all of these records, within the limit. While it is away nobody waits:
   * what is known at once is the answer. Never fails.
   */
  CompletionStage<Boolean> receipted(List<ConsistencyToken> places) {
    var patience = awaySince().isPresent() ? Duration.ZERO : limit;
    return places.stream()
        .map(place -> receipted(place, patience))
        .reduce(
            CompletableFuture.completedStage(true),
            (all, one) -> all.thenCombine(one, Boolean::logicalAnd));
  }

  private CompletionStage<Boolean> receipted(ConsistencyToken place, Duration patience) {
    return ask(place, patience)
        .thenApply(
            there -> {
              if (!there && missing.compareAndSet(null, new Missing(place, clock.instant()))) {
                LOG.warn("no receipt of {} within {}: the sibling is away", place, patience);
                lookOut(place);
              }
              return there;
            });
  }

  private CompletionStage<Boolean> ask(ConsistencyToken place, Duration patience) {
    CompletableFuture<ReplicationOutcome> outcome;
    try {
      outcome = receipts.await(place.slice(), place.position(), patience).toCompletableFuture();
    } catch (RuntimeException e) {
      outcome = CompletableFuture.failedFuture(e);
    }
    return outcome
        .copy()
        .completeOnTimeout(
            ReplicationOutcome.NOT_RECEIPTED_IN_TIME,
            patience.plus(GRACE).toMillis(),
            TimeUnit.MILLISECONDS)
        .handle((said, failure) -> said == ReplicationOutcome.RECEIPTED);
  }

  private void lookOut(ConsistencyToken place) {
    ask(place, limit)
        .thenAccept(
            there -> {
              if (there) {
                missing.set(null);
                LOG.info("the receipt of {} has come: the sibling is back", place);
              } else if (!system.whenTerminated().isCompleted()) {
                system
                    .scheduler()
                    .scheduleOnce(PAUSE, () -> lookOut(place), system.executionContext());
              }
            });
  }
}
