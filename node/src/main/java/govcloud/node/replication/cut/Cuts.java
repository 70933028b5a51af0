package govcloud.node.replication.cut;

import govcloud.domain.operation.DangerousCommand;
import govcloud.node.NodeContext;
import govcloud.node.operation.OperationTable;
import govcloud.node.replication.HomeArchive;
import govcloud.node.replication.ReplicationThreads;
import govcloud.node.replication.cut.CutMessage.Progress;
import govcloud.node.tenant.TenantTable;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.cut.CutShipper;
import govcloud.replication.shipping.SiblingLink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/** The cuts of this cloud, as any of its nodes can ask for them. */
public final class Cuts {

  /** A cut is begun as soon as the last one was read. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration LOOK = Duration.ofSeconds(10);

  private final ActorSystem<?> system;
  private final CutShelf shelf;
  private final ReplicationThreads threads;
  private final ActorRef<Object> coordinator;

  private Cuts(
      ActorSystem<?> system,
      CutShelf shelf,
      ReplicationThreads threads,
      ActorRef<Object> coordinator) {
    this.system = system;
    this.shelf = shelf;
    this.threads = threads;
    this.coordinator = coordinator;
  }

  /**
   * Begins to make cuts; called on every node, one of them makes them.
   *
   * @param settings when cuts are made
   * @param home the archive
   * @param trust the cloud's own keys and the sibling's
   * @param link to the sibling, if there is one
   * @param tenants the departments that are known
   * @param operations among them the deletions that people agreed to
   */
  public static Cuts start(
      NodeContext context,
      CutSettings settings,
      HomeArchive home,
      ReplicaTrust trust,
      Optional<SiblingLink> link,
      Supplier<TenantTable> tenants,
      Supplier<OperationTable> operations) {
    ActorSystem<?> system = context.system();
    ReplicationThreads making = ReplicationThreads.of(system, "cut", 1);
    ReplicationThreads reading = ReplicationThreads.of(system, "cut-shelf", 1);
    CutShelf shelf = new CutShelf(home.store(), trust);
    var environment =
        new CutCoordinator.Environment(
            settings,
            new CutWork(context, home, trust, shelf, new CutFacts(context, home.blobs(), tenants)),
            () -> CutDeletions.agreed(DangerousCommand.DELETE_CUTS, operations.get()),
            link.map(to -> new CutShipper(home.store(), trust, to)),
            making,
            LOOK,
            context.clock());
    ActorRef<Object> coordinator =
        ClusterSingleton.get(system)
            .init(SingletonActor.of(CutCoordinator.create(environment), "cut-coordinator"));
    return new Cuts(system, shelf, reading, coordinator);
  }

  /** Begins a cut, or finds one under way. */
  public CompletionStage<Progress> make() {
    return make(CutDeletion.NONE);
  }

  /** The same; the cut, or the next one, says what people agreed to delete. */
  private CompletionStage<Progress> make(CutDeletion deletion) {
    return AskPattern.<Object, CutMessage>ask(
            coordinator,
            replyTo -> new CutMessage.Make(replyTo, deletion.last(), deletion.operation()),
            PATIENCE,
            system.scheduler())
        .thenApply(Progress.class::cast);
  }

  /**
   * Deletions of these cuts.
   *
   * @param archive what it says of them
   */
  public CutDeletions deletions(NodeContext context, CutDeletions.Archive archive) {
    return new CutDeletions(
        DangerousCommand.DELETE_CUTS,
        context.entities(),
        archive,
        threads,
        this::make,
        context.clock());
  }

  /** What is under way. */
  CompletionStage<Progress> progress() {
    return AskPattern.<Object, CutMessage>ask(
            coordinator, replyTo -> new CutMessage.Ask(replyTo), PATIENCE, system.scheduler())
        .thenApply(Progress.class::cast);
  }

  /** Cuts with numbers below one, from the newest back. */
  CompletionStage<List<CutSummary>> list(long before, int limit) {
    return threads.run(false, () -> shelf.list(before, limit));
  }

  /** One cut that was made. */
  CompletionStage<Optional<CutSummary>> find(long number) {
    return threads.run(false, () -> shelf.find(number));
  }
}
