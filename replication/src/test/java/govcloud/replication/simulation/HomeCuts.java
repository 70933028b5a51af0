package govcloud.replication.simulation;

import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.cut.CutMaker;
import govcloud.replication.cut.CutOrder;
import govcloud.replication.cut.CutShipper;
import govcloud.replication.keys.KeyException;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one run of a home node does about cuts: closes a moment, makes the cut, delivers it. */
final class HomeCuts {
  private static final int STEPS = 3;

  private final World world;
  private final CutMaker maker;
  private final CutShipper shipper;
  private Moment moment;

  HomeCuts(World world, SimulatedStore store, SiblingLink link) {
    this.world = world;
    this.maker =
        new CutMaker(
            store, TestKeys.TRUST, TestKeys.HOME, grant -> TestKeys.epoch(grant.getEpoch()), 1);
    this.shipper = new CutShipper(store, TestKeys.TRUST, link);
  }

  void work()
      throws ArchiveStoreException,
          DamagedReplicaException,
          KeyException,
          LinkException,
          RefusedException {
    if (moment == null && world.moments.mayBegin()) {
      moment = world.moments.begin();
    }
    if (moment != null && moment.isSpoilt()) {
      moment = null;
    }
    if (moment != null && moment.isClosed()) {
      make(moment);
    }
    for (int i = 0; i < STEPS && shipper.step().isPresent(); i++) {
      world.trace(() -> "a cut is countersigned");
    }
  }

  private void make(Moment of) throws ArchiveStoreException, DamagedReplicaException, KeyException {
    try {
      if (maker.make(order(of), TestKeys.epoch(world.epoch())).isPresent()) {
        world.checker.cuts().requireMade(of);
        moment = null;
      } else {
        world.tally.count(Fault.CUT_BEFORE_SEGMENTS);
      }
    } catch (IllegalArgumentException e) {
      world.checker.cuts().requireLater(of, e);
      world.tally.count(Fault.MOMENT_OVERTAKEN);
      moment = null;
    } catch (ArchiveStoreException e) {
      if (e.defect() != ArchiveDefect.ARCHIVE_CONFLICT) {
        throw e;
      }
      world.trace(() -> "another cut has the number");
    }
  }

  private CutOrder order(Moment of) {
    return new CutOrder(
        of.clock(),
        of.marks(),
        world.chance(0.5) ? Set.of("housing", "planning") : Set.of(),
        List.of(),
        new TreeMap<>(Map.of("govcloud.journal.slices", Integer.toString(World.SLICES))),
        new TreeMap<>(Map.of("case/1", "1")),
        CutDeletion.NONE,
        false);
  }
}
