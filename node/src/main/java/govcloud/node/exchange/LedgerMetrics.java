package govcloud.node.exchange;

import io.opentelemetry.api.metrics.Meter;
import java.util.function.Supplier;

/** What this node measures of its ledger. */
final class LedgerMetrics {
  private static final String NAME = "govcloud.exchange.ledger.";

  private LedgerMetrics() {}

  static void measure(Meter meter, Supplier<Cosigned> status) {
    meter
        .gaugeBuilder(NAME + "entries")
        .ofLongs()
        .setUnit("{entry}")
        .setDescription("Entries of the ledger that this node has signed")
        .buildWithCallback(to -> to.record(status.get().size()));
    meter
        .gaugeBuilder(NAME + "cosigned")
        .ofLongs()
        .setUnit("{entry}")
        .setDescription("Entries of the ledger that the sibling has cosigned")
        .buildWithCallback(to -> to.record(status.get().cosigned()));
  }
}
