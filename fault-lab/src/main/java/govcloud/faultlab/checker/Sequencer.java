package govcloud.faultlab.checker;

import govcloud.faultlab.history.History;
import java.util.List;
import java.util.Optional;

/** Who hosts the order of the ledger's entries: whoever took over the slice of its entity last. */
public final class Sequencer {
  private static final String LEDGER = "ledger/";

  private Sequencer() {}

  /**
   * The address of the node, as it wrote it into the log; empty while nothing has been recorded.
   */
  public static Optional<String> host(List<LogRow> log) {
    StoredCloud stored = new StoredCloud(log, List.of(), List.of(), ViewTables.NONE);
    Evidence evidence = new Evidence(new History(List.of(), List.of()), stored);
    return evidence.entities().entrySet().stream()
        .filter(entity -> entity.getKey().startsWith(LEDGER))
        .findFirst()
        .flatMap(entity -> lastTakeOver(evidence, entity.getValue().get(0).slice()))
        .map(batch -> batch.content().getTakeOver().getNode());
  }

  private static Optional<StoredBatch> lastTakeOver(Evidence evidence, int slice) {
    return evidence.slices().get(slice).stream()
        .filter(batch -> batch.content().hasTakeOver())
        .reduce((one, next) -> next);
  }
}
