package govcloud.node.approval;

import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.Door;
import govcloud.node.http.Routes;
import govcloud.node.identity.PageGuests;
import govcloud.node.identity.PasskeySigning;
import govcloud.node.operation.ApprovedWork;
import govcloud.node.operation.OperationRow;
import govcloud.node.operation.OperationTable;
import govcloud.node.projection.PageRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;

/** Dangerous commands, which two people sign. */
public final class ApprovalFeature implements NodeFeature {

  private final Supplier<PasskeySigning> signing;
  private final Supplier<Map<DangerousCommand, ApprovedWork>> works;
  private final Supplier<OperationTable> operations;
  private final Supplier<Door> door;

  /**
   * All of these are asked once the routes of the others are there.
   *
   * @param works what is done when a command is signed
   */
  public ApprovalFeature(
      Supplier<PasskeySigning> signing,
      Supplier<Map<DangerousCommand, ApprovedWork>> works,
      Supplier<OperationTable> operations,
      Supplier<Door> door) {
    this.signing = signing;
    this.works = works;
    this.operations = operations;
    this.door = door;
  }

  @Override
  public String name() {
    return "approval";
  }

  /**
   * What approvals stand on.
   *
   * @param cloud its name, which stands in each command
   */
  public record Surroundings(
      ActorSystem<?> system,
      Entities entities,
      PasskeySigning signing,
      Supplier<Door> door,
      String cloud,
      InstantSource clock) {}

  @Override
  public void routes(NodeContext context, Routes routes) {
    var newest = PageRequest.first(PageRequest.MAXIMUM_SIZE);
    register(
        new Surroundings(
            context.system(),
            context.entities(),
            signing.get(),
            door,
            context.settings().cloud(),
            context.clock()),
        works.get(),
        () ->
            operations
                .get()
                .list(Optional.of(Status.WAITING_APPROVAL), Optional.empty(), newest)
                .thenApply(page -> page.items()),
        routes);
  }

  /**
   * Adds the operations of approvals.
   *
   * @param waiting operations that wait for people, of every kind
   */
  public static void register(
      Surroundings place,
      Map<DangerousCommand, ApprovedWork> works,
      Supplier<CompletionStage<List<OperationRow>>> waiting,
      Routes routes) {
    var approvals =
        new Approvals(place.entities(), place.signing(), works, place.cloud(), place.clock());
    new ApprovalRoutes(approvals, place.signing()).register(routes);
    new ApprovalPage(approvals, waiting, new PageGuests(place.door(), place.system()))
        .register(routes);
  }
}
