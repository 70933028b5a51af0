package govcloud.node.replication.cut;

import govcloud.node.NodeContext;
import govcloud.node.eventsourcing.SliceClocks;
import govcloud.node.replication.HomeArchive;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.cut.CutMaker;
import govcloud.replication.cut.CutOrder;
import govcloud.replication.keys.EpochKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Closes the slices of the cluster, and makes cuts of the cloud's archive. */
final class CutWork implements CutCoordinator.Work {

  /** Longer than a host waits for the store. */
  private static final Duration SLICE_PATIENCE = Duration.ofSeconds(15);

  private static final int COMPRESSION = 3;

  private final HomeArchive home;
  private final CutShelf shelf;
  private final CutFacts facts;
  private final MomentCloser closer;
  private final CutMaker maker;
  private CutOrder order;
  private volatile Optional<Instant> drained = Optional.empty();

  CutWork(
      NodeContext context, HomeArchive home, ReplicaTrust trust, CutShelf shelf, CutFacts facts) {
    var system = context.system();
    this.home = home;
    this.shelf = shelf;
    this.facts = facts;
    this.closer =
        new MomentCloser(
            context.settings().slices(),
            new SliceClocks(system, SLICE_PATIENCE)::close,
            context.hybridClock(),
            (pause, action) ->
                system.scheduler().scheduleOnce(pause, action, system.executionContext()));
    this.maker = new CutMaker(home.store(), trust, home.signing(), home.keys()::epoch, COMPRESSION);
  }

  @Override
  public Optional<Cut> last() throws Exception {
    return shelf.last();
  }

  @Override
  public CompletionStage<Moment> close(long above) {
    drained = home.site().settledDrain();
    return closer.close(above);
  }

  /** Whether the site accepted nothing from well before the moment until now. */
  private boolean isDrained() {
    return drained.isPresent() && drained.equals(home.site().settledDrain());
  }

  @Override
  public boolean wantsFinal(Optional<Cut> last) {
    return home.site()
        .settledDrain()
        .filter(since -> last.filter(cut -> cut.isFinalSince(since)).isEmpty())
        .isPresent();
  }

  @Override
  public Optional<Cut> make(Moment moment, CutDeletion deletion) throws Exception {
    if (order == null || order.closedClock() != moment.clock()) {
      order = facts.order(moment, deletion, isDrained());
    }
    try (EpochKeys newest = home.sealing().open()) {
      return maker.make(order, newest);
    }
  }
}
