package govcloud.node.operation;

import govcloud.domain.Actor;
import govcloud.domain.operation.OperationCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Operations that nobody has to agree to: opened and begun at once. */
public final class StartedOperations {
  private final Entities entities;

  /** Operations. */
  public StartedOperations(Entities entities) {
    this.entities = entities;
  }

  /**
   * Opens and begins an operation; completes when it runs.
   *
   * @param kind what is to be done
   * @param subject what it is done to
   * @param tenant what it is done for
   * @param deadline when it counts as failed unless it has ended
   */
  public CompletionStage<String> begin(
      String operation, String kind, String subject, String tenant, Instant deadline, Actor actor) {
    var open = new OperationCommand.Open(kind, subject, tenant, List.of(), deadline);
    return tell(operation, open, actor)
        .thenCompose(done -> tell(operation, new OperationCommand.Start(deadline), actor))
        .thenApply(done -> operation);
  }

  /** Tells an operation something; what it thinks of it is not looked at. */
  public CompletionStage<?> tell(String operation, OperationCommand command, Actor actor) {
    return entities.ask(ApprovalRequests.id(operation), Request.of(command, actor));
  }
}
