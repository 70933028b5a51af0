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
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/**
 * Refilling of a sibling that has lost what it signed for: an operator begins it, as an operation
 * that lives in the log; as long as it runs, one node tells all others of it, and each slice goes
 * back once to what the sibling has. A cut ends it, so that the sibling signs again for all.
 */
final class Refills {
  /** How often the nodes are told. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** How often what runs is looked up although the sibling lacks nothing. */
  static final Duration SELDOM = Duration.ofMinutes(1);

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
  private final LongSupplier nanos;
  private long reported = -1;
  private boolean isRunning;
  private Optional<Long> lookedAt = Optional.empty();

  /**
   * Refilling of the sibling of a cloud.
   *
   * @param operations those that run are among them
   * @param tell tells all nodes
   * @param cut has a cut made
   * @param nanos a time that never jumps, such as {@link System#nanoTime}
   */
  Refills(
      String cloud,
      Entities entities,
      Supplier<OperationTable> operations,
      Supplier<ReplicationStatus> status,
      Consumer<ReplicationMessage> tell,
      Supplier<CompletionStage<?>> cut,
      Clock clock,
      LongSupplier nanos) {
    this.cloud = cloud;
    this.started = new StartedOperations(entities);
    this.operations = operations;
    this.status = status;
    this.tell = tell;
    this.cut = cut;
    this.clock = clock;
    this.nanos = nanos;
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

  /** Begins to go on with what runs; one node of the cloud does it. */
  Refills start(ActorSystem<?> system) {
    var keeper =
        RepeatedWork.create("refill", this::step, ReplicationThreads.of(system, "refill", 1), LOOK);
    ClusterSingleton.get(system).init(SingletonActor.of(keeper, "refill-keeper"));
    return this;
  }

  /**
   * Goes on with what runs. Nothing does while the sibling lacks nothing, as a rule: then what runs
   * is looked up now and then alone. Blocks.
   */
  boolean step() throws Exception {
    boolean isDue = lookedAt.isEmpty() || nanos.getAsLong() - lookedAt.get() >= SELDOM.toNanos();
    if (!isRunning && !isDue && status.get().missing() == 0) {
      return false;
    }
    lookedAt = Optional.of(nanos.getAsLong());
    Optional<OperationRow> running = running();
    isRunning = running.isPresent();
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
