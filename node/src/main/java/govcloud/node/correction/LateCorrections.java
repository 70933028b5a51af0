package govcloud.node.correction;

import govcloud.domain.correction.CorrectionCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.PlatformCommands;
import govcloud.node.projection.PageRequest;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** Tells of corrections that a department left lying. */
public final class LateCorrections {

  private static final int AT_ONCE = 100;

  private final Entities entities;
  private final CorrectionTable table;
  private final InstantSource clock;

  public LateCorrections(Entities entities, CorrectionTable table, InstantSource clock) {
    this.entities = entities;
    this.table = table;
    this.clock = clock;
  }

  /** Tells of silence once; what it misses, it tells the next time. */
  public CompletionStage<Void> escalate() {
    return table
        .late(clock.instant(), PageRequest.first(AT_ONCE))
        .thenCompose(
            page ->
                PlatformCommands.askEach(
                    entities,
                    page.items().stream()
                        .flatMap(row -> row.state().matter().stream())
                        .map(CorrectionView::id),
                    new CorrectionCommand.Escalate()));
  }
}
