package govcloud.node.exchange;

import govcloud.domain.exchange.Ledger;
import govcloud.domain.exchange.LedgerState;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.node.NodeContext;
import govcloud.node.eventsourcing.Entities;
import govcloud.replication.keys.KeyException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The site at which this cloud's ledger has to have begun. What a ledger signed last at a site that
 * was given up is known nowhere else, so no other site goes on with it, even if it has the key and
 * all entries that it knows of.
 */
final class LedgerSite {

  private final Entities entities;
  private final LedgerKey key;
  private volatile boolean own;

  LedgerSite(Entities entities, LedgerKey key) {
    this.entities = entities;
    this.key = key;
  }

  /**
   * The epoch of this site, 0 if the cloud has no keys of replication and so no other site.
   *
   * @throws IllegalArgumentException when the keys cannot be read
   */
  static int epoch(NodeContext context) {
    try {
      return context.archive().isPresent() ? context.archive().get().keys().card().siteEpoch() : 0;
    } catch (KeyException e) {
      throw ExchangeSettings.wrong("ledger-key", e.getMessage(), "readable keys of the cloud");
    }
  }

  /** Completes when the ledger began at this site, or has not begun. */
  CompletionStage<Boolean> requireOwn() {
    return own
        ? CompletableFuture.completedStage(true)
        : entities.<LedgerState>read(key.entity()).thenCompose(answer -> check(answer.state()));
  }

  private CompletionStage<Boolean> check(LedgerState state) {
    if (Ledger.isOfAnotherSite(state, key.siteEpoch())) {
      return CompletableFuture.failedStage(
          new LedgerException(
              LedgerDefect.LEDGER_ROLLED_BACK,
              key.signer().key().name(),
              "began in site epoch %d, and this is %d (expected: a new ledger that follows it)"
                  .formatted(state.siteEpoch(), key.siteEpoch())));
    }
    own = state.size() > 0;
    return CompletableFuture.completedStage(true);
  }
}
