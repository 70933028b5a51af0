package govcloud.node.recall;

import govcloud.domain.recall.RecallCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.PlatformCommands;
import govcloud.node.projection.PageRequest;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** Tells of recalls that somebody has not acknowledged in time. */
public final class LateRecalls {

  private static final int AT_ONCE = 100;

  private final Entities entities;
  private final RecallTable table;
  private final InstantSource clock;

  public LateRecalls(Entities entities, RecallTable table, InstantSource clock) {
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
                    page.items().stream().map(row -> RecallView.id(row.provider(), row.recall())),
                    new RecallCommand.Escalate()));
  }
}
