package govcloud.node.replication;

import govcloud.domain.Actor;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.operation.OperationRow;
import govcloud.node.operation.OperationTable;
import govcloud.node.operation.StartedOperations;
import govcloud.node.projection.PageRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Refilling of a sibling that has lost what it signed for: an operator begins it, as an operation
 * that lives in the log; as long as it runs, one node tells all others of it, and each slice goes
 * back once to what the sibling has. A cut ends it, so that the sibling signs again for all.
 */
final class Refills {
  /** How often the nodes are told. */
  static final Duration LOOK = Duration.ofSeconds(2);

  private static final String KIND = "replication.refill";
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final PageRequest NEWEST = PageRequest.first(PageRequest.MAXIMUM_SIZE);

  private final String cloud;
  private final StartedOperations started;
  private final Supplier<OperationTable> operations;
  private final Supplier<ReplicationStatus> status;
  private final Consumer<ReplicationMessage> tell;
  private final Supplier<CompletionStage<?>> cut;
  private final Clock clock;
  private long reported = -1;

  /**
   * Refilling of the sibling of a cloud.
   *
   * @param operations those that run are among them
   * @param tell tells all nodes
   * @param cut has a cut made
   */
  Refills(
      String cloud,
      Entities entities,
      Supplier<OperationTable> operations,
      Supplier<ReplicationStatus> status,
      Consumer<ReplicationMessage> tell,
      Supplier<CompletionStage<?>> cut,
      Clock clock) {
    this.cloud = cloud;
    this.started = new StartedOperations(entities);
    this.operations = operations;
    this.status = status;
    this.tell = tell;
    this.cut = cut;
    this.clock = clock;
  }

  /**
   * Begins a refilling; completes when its operation runs.
   *
   * @param dryRun whether it is only found out that it may be begun
   */
  CompletionStage<String> begin(String operation, Actor actor, boolean dryRun) {
    ReplicationStatus now = status.get();
    if (now.missing() == 0) {
      throw Problem.of(
              BorderCode.REFILL_NOT_NEEDED,
              "segments that the sibling lost: 0 of " + now.receipted() + " (expected: some)")
          .asException();
    }
    return dryRun
        ? CompletableFuture.completedStage(operation)
        : started.begin(
            operation, KIND, "replication/" + cloud, cloud, clock.instant().plus(LONGEST), actor);
  }

  /** Goes on with what runs; one node of the cloud does it. Blocks. */
  boolean step() throws Exception {
    Optional<OperationRow> running = running();
    if (running.isEmpty()) {
      return false;
    }
    String operation = running.get().operation();
    tell.accept(new ReplicationMessage.Refill(operation));
    ReplicationStatus now = status.get();
    if (now.slices().stream().allMatch(slice -> slice.refilled().equals(operation))) {
      await(cut.get());
      tell(operation, new OperationCommand.Succeed(now.receipted() + " segments"));
    } else if (now.receipted() - now.missing() != reported) {
      reported = now.receipted() - now.missing();
      tell(operation, new OperationCommand.ReportProgress(reported, now.receipted(), "segments"));
    }
    return true;
  }

  private void tell(String operation, OperationCommand command) throws Exception {
    await(started.tell(operation, command, Actor.platform()));
  }

  private Optional<OperationRow> running() throws Exception {
    return await(operations.get().list(Optional.of(Status.RUNNING), Optional.empty(), NEWEST))
        .items()
        .stream()
        .filter(row -> row.kind().equals(KIND))
        .findFirst();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(1, TimeUnit.MINUTES);
  }
}
