package govcloud.node.objection;

import govcloud.domain.objection.ObjectionCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.PlatformCommands;
import govcloud.node.projection.PageRequest;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** Tells of objections that a department left lying. */
public final class LateObjections {

  private static final int AT_ONCE = 100;

  private final Entities entities;
  private final ObjectionTable table;
  private final InstantSource clock;

  public LateObjections(Entities entities, ObjectionTable table, InstantSource clock) {
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
                        .map(row -> ObjectionView.id(row.provider(), row.exchange())),
                    new ObjectionCommand.Escalate()));
  }
}
