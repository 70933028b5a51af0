package govcloud.node.reaction;

import govcloud.domain.operation.OperationCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.PlatformCommands;
import govcloud.node.operation.OperationTable;
import govcloud.node.projection.PageRequest;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** Ends operations whose deadline has passed. */
public final class OverdueOperations {

  private static final int AT_ONCE = 100;

  private final Entities entities;
  private final OperationTable operations;
  private final InstantSource clock;

  public OverdueOperations(Entities entities, OperationTable operations, InstantSource clock) {
    this.entities = entities;
    this.operations = operations;
    this.clock = clock;
  }

  /** Looks once; what it misses, it does the next time. */
  public CompletionStage<Void> sweep() {
    return operations
        .overdue(clock.instant(), PageRequest.first(AT_ONCE))
        .thenCompose(
            page ->
                PlatformCommands.askEach(
                    entities,
                    page.items().stream().map(row -> "operation/" + row.operation()),
                    new OperationCommand.Expire()));
  }
}
