package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.journal.RecordHash;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.TakeOver;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.archive.SourceLogException;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.archive.WrittenSegment;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import java.util.List;

/** Lets the clouds work, and does to them what happens in a bad year. */
final class Trouble {
  private final World world;
  private final int[] owners = new int[World.SLICES];
  private final long[] doubledUntil = new long[World.SLICES];

  Trouble(World world) {
    this.world = world;
  }

  void start() {
    for (int slice = 0; slice < World.SLICES; slice++) {
      int of = slice;
      world.time.after(world.between(1, 20), () -> grow(of));
      again(20, world.writers.get(of)::work);
      for (HomeNode node : world.homeNodes) {
        again(60, () -> perform(of, node, () -> node.archive(of)));
        again(30, () -> perform(of, node, () -> node.ship(of)));
      }
    }
    world.homeNodes.forEach(node -> again(150, node::manifests));
    world.homeNodes.forEach(node -> again(100, () -> cut(node)));
    if (world.isDropping()) {
      again(25, world.out::work);
      again(25, world.in::work);
      world.siblingNodes.forEach(node -> again(60, node::receiveDropped));
    }
    world.time.after(world.between(10, 150), this::strike);
  }

  private void again(long pause, Runnable work) {
    world.time.after(
        world.between(1, pause),
        () -> {
          work.run();
          again(pause, work);
        });
  }

  private void grow(int slice) {
    world.grow(slice);
    world.time.after(world.between(50, 500), () -> grow(slice));
  }

  private void perform(int slice, HomeNode node, Runnable work) {
    if (world.homeNodes.get(owners[slice]) == node || world.time.now() < doubledUntil[slice]) {
      work.run();
    }
  }

  /** Whoever has the first slice makes the cuts; in the end both may. */
  private void cut(HomeNode node) {
    if (world.troubled()) {
      perform(0, node, node::cut);
    } else {
      node.cut();
    }
  }

  private void strike() {
    if (!world.troubled()) {
      return;
    }
    switch (world.random.nextInt(12)) {
      case 0 -> anyOf(world.homeNodes).crash();
      case 1 -> anyOf(world.siblingNodes).crash();
      case 2 -> powerCut();
      case 3 -> {
        world.tally.count(Fault.SIBLING_AWAY);
        world.siblingAway(world.between(50, world.chance(0.2) ? 1_000 : 200));
      }
      case 4, 5, 6 -> move((int) world.between(0, World.SLICES));
      case 7 -> {
        world.tally.count(Fault.CLOCK_JUMPED);
        world.jumpClocks(world.between(-5_000_000, 5_000_000));
        world.rotateKeys();
      }
      case 8 -> offerFork((int) world.between(0, World.SLICES));
      case 9 -> offerOtherCut();
      case 10 -> world.checkpoints.harm();
      default -> audit();
    }
    world.time.after(world.between(10, 150), this::strike);
  }

  private void powerCut() {
    if (world.chance(0.5)) {
      world.tally.count(Fault.HOME_POWER_CUT);
      world.homeNodes.forEach(HomeNode::crash);
      world.home.powerCut();
    } else {
      world.tally.count(Fault.SIBLING_POWER_CUT);
      world.siblingNodes.forEach(SiblingNode::crash);
      world.away.powerCut();
    }
  }

  private void move(int slice) {
    if (world.chance(0.4)) {
      owners[slice] = (int) world.between(0, World.NODES);
      world.tally.count(Fault.SLICE_MOVED);
    }
    doubledUntil[slice] = world.time.now() + world.between(20, 500);
    world.tally.count(Fault.TWO_NODES_WORK_ON_A_SLICE);
  }

  private void audit() {
    if (world.isQuiet() && world.chance(0.3)) {
      world.tally.count(Fault.AUDITED_IN_BETWEEN);
      world.checker.audit();
    }
  }

  /** Whoever has the home cloud's key offers another history, for a place taken or behind it. */
  private void offerFork(int slice) {
    List<ArchiveName> there =
        world.away.files().keySet().stream()
            .filter(name -> name.slice() == slice && world.away.isDurable(name))
            .filter(name -> name.equals(ArchiveName.segment(slice, name.number())))
            .toList();
    if (there.isEmpty()) {
      return;
    }
    ArchiveName taken = there.get(world.random.nextInt(there.size()));
    world.tally.count(Fault.FORK_OFFERED);
    WrittenSegment forged = forged(world.checker.before(taken), 0);
    if (taken.equals(there.get(there.size() - 1)) && world.chance(0.5)) {
      offer(ArchiveName.segment(slice, taken.number() + 1), forged(forged.head(), 1).file());
    } else {
      offer(taken, forged.file());
    }
  }

  private WrittenSegment forged(SliceHead head, int depth) {
    ByteString previous =
        depth == 1
            ? RecordHash.of(batch(previousOf(head.nextOffset() - 1, head.slice())))
            : previousOf(head.nextOffset(), head.slice());
    try {
      return new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 1)
          .write(head, List.of(batch(previous)));
    } catch (SourceLogException e) {
      throw new IllegalStateException(e);
    }
  }

  private ByteString previousOf(long offset, int slice) {
    return offset == 0
        ? RecordHash.NONE
        : RecordHash.of(world.logs.get(slice).get((int) offset - 1));
  }

  private static ByteString batch(ByteString previous) {
    return LogBatch.newBuilder()
        .setTakeOver(TakeOver.newBuilder().setNode("forger"))
        .setIncarnation(ByteString.copyFrom(new byte[16]))
        .setNonce(1)
        .setPreviousHash(previous)
        .setHighestClock(1)
        .build()
        .toByteString();
  }

  /** Whoever has the home cloud's key offers a cut that the segments do not tell. */
  private void offerOtherCut() {
    world
        .checker
        .cuts()
        .forged()
        .ifPresent(
            forged -> {
              world.tally.count(Fault.OTHER_CUT_OFFERED);
              offer(forged.name(), forged.file());
            });
  }

  private void offer(ArchiveName name, ByteString file) {
    world.trace(() -> "another " + name + " is offered");
    try {
      anyOf(world.siblingNodes).receive(name, file);
      throw new Violation(name + ": another than home's is accepted");
    } catch (LinkException | RefusedException e) {
      world.trace(e::getMessage);
    }
  }

  private <T> T anyOf(List<T> some) {
    return some.get(world.random.nextInt(some.size()));
  }

  /** A file with one bit changed, or its end cut off. */
  static ByteString damaged(World world, ByteString file) {
    byte[] bytes = file.toByteArray();
    int at = world.random.nextInt(bytes.length);
    if (world.chance(0.3)) {
      return ByteString.copyFrom(bytes, 0, at);
    }
    bytes[at] ^= (byte) (1 << world.random.nextInt(8));
    return ByteString.copyFrom(bytes);
  }
}
