package govcloud.node.replication;

import govcloud.domain.operation.DangerousCommand;
import govcloud.node.NodeContext;
import govcloud.node.operation.OperationTable;
import govcloud.node.replication.cut.ArchivedCuts;
import govcloud.node.replication.cut.CutDeletions;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.cut.CutLock;
import govcloud.replication.cut.ReceivedCutEraser;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/**
 * Deletes cuts that the sibling sent: when it has deleted its own, this cloud's time-lock is over,
 * and two people of this cloud agreed.
 */
final class ReceivedErasing {

  /** As often as the coordinator of the own cuts looks. */
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final ReceivedCutEraser eraser;
  private final CutDeletions deletions;
  private final Supplier<OperationTable> operations;

  private ReceivedErasing(
      ReceivedCutEraser eraser, CutDeletions deletions, Supplier<OperationTable> operations) {
    this.eraser = eraser;
    this.deletions = deletions;
    this.operations = operations;
  }

  /**
   * Begins to delete what people agree to; one node of the cloud does it.
   *
   * @param received what the sibling sent
   * @param trust whose signatures count in it
   */
  static CutDeletions start(
      NodeContext context,
      ReplicationSettings settings,
      ArchivePlace received,
      ReplicaTrust trust,
      Supplier<OperationTable> operations) {
    var lock = new CutLock(received.store(), trust, settings.cut().retention(), context.clock());
    var eraser = new ReceivedCutEraser(received.store(), received.erasure(), trust, lock);
    var threads = ReplicationThreads.of(context.system(), "received-eraser", 1);
    var deletions =
        new CutDeletions(
            DangerousCommand.DELETE_RECEIVED_CUTS,
            context.entities(),
            new ArchivedCuts(received.store(), lock, eraser::released),
            threads,
            agreed -> CompletableFuture.completedStage(null),
            context.clock());
    var erasing = new ReceivedErasing(eraser, deletions, operations);
    var keeper = RepeatedWork.create("received-eraser", erasing::step, threads, INTERVAL);
    ClusterSingleton.get(context.system()).init(SingletonActor.of(keeper, "received-eraser"));
    return deletions;
  }

  private boolean step() throws Exception {
    CutDeletion agreed =
        CutDeletions.agreed(DangerousCommand.DELETE_RECEIVED_CUTS, operations.get())
            .toCompletableFuture()
            .get(1, TimeUnit.MINUTES);
    if (agreed.last() == 0 || !eraser.erase(agreed.last())) {
      return false;
    }
    deletions.done(agreed).toCompletableFuture().get(1, TimeUnit.MINUTES);
    return true;
  }
}
