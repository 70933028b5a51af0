package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.archive.SourceLogException;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.keys.KeyException;
import govcloud.replication.link.FileDropLink;
import govcloud.replication.shipping.FileShipper;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.ManifestMaker;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.shipping.SiblingLostException;
import govcloud.replication.shipping.SliceArchiver;
import govcloud.replication.shipping.SliceShipper;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.time.Duration;
import java.util.List;

/** A node of the home cloud: drives archivers, shippers and manifests as the real node does. */
final class HomeNode {
  private static final int MANIFEST_STEPS = 4;
  private static final int WINDOW = 3;
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final World world;
  private final int number;
  private Memory memory;

  /** What ends with a crash. */
  private static final class Memory {
    final Life life = new Life();
    final SimulatedStore store;
    final SiblingLink link;
    final SliceArchiver[] archivers = new SliceArchiver[World.SLICES];
    final SliceShipper[] shippers = new SliceShipper[World.SLICES];
    final boolean[] archiving = new boolean[World.SLICES];
    final boolean[] shipping = new boolean[World.SLICES];
    final ManifestMaker maker;
    final FileShipper manifests;
    final HomeCuts cuts;
    final Callers callers;
    boolean listing;
    boolean cutting;

    Memory(World world, int number) {
      store = new SimulatedStore(world, world.home, life);
      link = world.isDropping() ? dropLink(world, number, life) : new SimulatedLink(world, life);
      maker = new ManifestMaker(store, TestKeys.TRUST, TestKeys.HOME, World.SLICES);
      manifests = new FileShipper(StatementKind.MANIFEST, store, link);
      cuts = new HomeCuts(world, store, link);
      callers = new Callers(world, life);
    }
  }

  private static SiblingLink dropLink(World world, int number, Life life) {
    return new FileDropLink(
        new SimulatedFolder(world, world.out.from(), life),
        new SimulatedFolder(world, world.in.to(), life),
        TestKeys.HOME.cloud(),
        TestKeys.SIBLING.cloud(),
        WINDOW,
        PATIENCE,
        world.clock(number),
        () -> world.time.now() * 1_000_000);
  }

  /** Something that a node does, which may fail. */
  private interface Work {
    void run()
        throws ArchiveStoreException,
            DamagedReplicaException,
            SourceLogException,
            LinkException,
            RefusedException,
            SiblingLostException,
            KeyException;
  }

  HomeNode(World world, int number) {
    this.world = world;
    this.number = number;
    start();
  }

  private void start() {
    memory = new Memory(world, number);
  }

  void crash() {
    if (!memory.life.isOver()) {
      world.tally.count(Fault.HOME_NODE_CRASHED);
      world.trace(() -> this + " crashes");
      memory.life.end();
      world.time.after(world.between(5, 100), this::start);
    }
  }

  void crashIf(Life who) {
    if (memory.life == who) {
      crash();
    }
  }

  /** Archives what there is of a slice, unless it is at it already. */
  void archive(int slice) {
    Memory now = memory;
    if (!now.archiving[slice] && !now.life.isOver()) {
      now.archiving[slice] = true;
      if (!succeeds(now, () -> archive(now, slice))) {
        now.archivers[slice] = null;
      }
      now.archiving[slice] = false;
    }
  }

  private void archive(Memory now, int slice)
      throws ArchiveStoreException, DamagedReplicaException, SourceLogException {
    if (now.archivers[slice] == null) {
      SegmentWriter writer = new SegmentWriter(TestKeys.HOME, TestKeys.epoch(world.epoch()), 1);
      now.archivers[slice] = new SliceArchiver(slice, now.store, TestKeys.TRUST, writer);
    }
    SliceArchiver archiver = now.archivers[slice];
    List<ByteString> log = world.logs.get(slice);
    int next = Math.toIntExact(archiver.head().nextOffset());
    if (next < log.size()) {
      int first = next > 0 && world.chance(0.3) ? next - 1 : next;
      int to = (int) world.between(next + 1, log.size() + 1);
      archiver.archive(first, List.copyOf(log.subList(first, to)));
      world.checker.archived(archiver.head(), to);
    }
  }

  /** One step of shipping a slice, unless it is at it already. */
  void ship(int slice) {
    Memory now = memory;
    if (!now.shipping[slice] && !now.life.isOver()) {
      now.shipping[slice] = true;
      if (!succeeds(now, () -> ship(now, slice))) {
        now.shippers[slice] = null;
      }
      now.shipping[slice] = false;
    }
  }

  private void ship(Memory now, int slice)
      throws ArchiveStoreException,
          DamagedReplicaException,
          LinkException,
          RefusedException,
          SiblingLostException {
    if (now.shippers[slice] == null) {
      long atLeast = world.checker.receipted(slice);
      now.shippers[slice] = new SliceShipper(slice, now.store, TestKeys.TRUST, now.link);
      world.checker.opened(slice, now.shippers[slice].progress(), atLeast);
    }
    SliceShipper shipper = now.shippers[slice];
    if (world.chance(0.1)) {
      shipper.check();
    }
    long before = shipper.progress().number();
    shipper.step();
    world.checker.progress(slice, before, shipper.progress());
    long offset = shipper.progress().nextOffset();
    now.callers.told(slice, offset);
    for (HomeNode node : world.homeNodes) {
      world.time.after(world.between(1, 30), () -> node.told(slice, offset));
    }
  }

  /** Another node tells, which may be too late or never. */
  private void told(int slice, long receiptedOffset) {
    if (!memory.life.isOver() && world.chance(0.8)) {
      memory.callers.told(slice, receiptedOffset);
    }
  }

  /** A caller has been told that its change is stored, and waits until the sibling has it. */
  void await(int slice, long offset) {
    if (!memory.life.isOver()) {
      memory.callers.await(slice, offset);
    }
  }

  /** Makes and delivers cuts, unless it is at it already. */
  void cut() {
    Memory now = memory;
    if (!now.cutting && !now.life.isOver()) {
      now.cutting = true;
      succeeds(now, now.cuts::work);
      now.cutting = false;
    }
  }

  /** Lists new segments and delivers manifests, unless it is at it already. */
  void manifests() {
    Memory now = memory;
    if (!now.listing && !now.life.isOver()) {
      now.listing = true;
      succeeds(
          now,
          () -> {
            now.maker.make();
            for (int i = 0; i < MANIFEST_STEPS && now.manifests.step().isPresent(); i++) {
              now.life.require();
            }
          });
      now.listing = false;
    }
  }

  private boolean succeeds(Memory now, Work work) {
    try {
      work.run();
      now.life.require();
      return true;
    } catch (Crashed crashed) {
      if (crashed.life() != now.life) {
        throw crashed;
      }
    } catch (ArchiveStoreException e) {
      if (e.defect() == ArchiveDefect.ARCHIVE_CONFLICT) {
        throw new Violation(this + " cannot go on: " + e.getMessage());
      }
    } catch (SourceLogException e) {
      throw new Violation(this + " cannot archive: " + e.getMessage());
    } catch (SiblingLostException e) {
      throw new Violation("a receipt that is not true: " + e.getMessage());
    } catch (DamagedReplicaException e) {
      world.checker.damaged(e);
    } catch (LinkException | RefusedException | KeyException e) {
      world.trace(() -> this + ": " + e.getMessage());
    }
    return false;
  }

  @Override
  public String toString() {
    return "home node " + number;
  }
}
