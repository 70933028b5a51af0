package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.blob.MemoryBlobStore;
import govcloud.replication.cut.Countersigner;
import govcloud.replication.link.FileDropReceiver;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** A node of the sibling cloud: its receiver on the archive that all its nodes share. */
final class SiblingNode {
  private static final Duration PATIENCE = Duration.ofMillis(60);

  private final World world;
  private final int number;
  private Life life;
  private Receiver receiver;
  private FileDropReceiver dropped;
  private Countersigner countersigner;
  private boolean receiving;
  private boolean countersigning;

  SiblingNode(World world, int number) {
    this.world = world;
    this.number = number;
    start();
  }

  private void start() {
    life = new Life();
    SimulatedStore store = new SimulatedStore(world, world.away, life);
    Clock clock = world.clock(World.NODES + number);
    receiver =
        new Receiver(store, SiblingNode::nothingIsDamaged, TestKeys.TRUST, TestKeys.SIBLING, clock);
    dropped =
        new FileDropReceiver(
            new SimulatedFolder(world, world.out.to(), life),
            new SimulatedFolder(world, world.in.from(), life),
            TestKeys.HOME.cloud(),
            TestKeys.SIBLING.cloud(),
            this::checked,
            PATIENCE,
            clock,
            () -> world.time.now() * 1_000_000);
    countersigner =
        new Countersigner(
            store,
            new MemoryBlobStore(),
            TestKeys.TRUST,
            TestKeys.SIBLING,
            world.checkpoints.of(number),
            clock);
    receiving = false;
    countersigning = false;
  }

  private static void nothingIsDamaged(ArchiveName name) {
    throw new Violation(name + ": is taken away, and was sound");
  }

  /** Takes in what the gateway has brought, unless it is at it already. */
  void receiveDropped() {
    Life running = life;
    if (receiving || running.isOver()) {
      return;
    }
    receiving = true;
    try {
      dropped.run();
    } catch (Crashed crashed) {
      if (crashed.life() != running) {
        throw crashed;
      }
    } catch (ArchiveStoreException | IOException e) {
      world.trace(() -> this + ": " + e.getMessage());
    }
    if (life == running) {
      receiving = false;
    }
  }

  void crash() {
    if (!life.isOver()) {
      world.tally.count(Fault.SIBLING_NODE_CRASHED);
      world.trace(() -> this + " crashes");
      life.end();
      world.time.after(world.between(5, 100), this::start);
    }
  }

  void crashIf(Life who) {
    if (life == who) {
      crash();
    }
  }

  /** Does what the listener of a node does with a file. */
  ByteString receive(ArchiveName name, ByteString file) throws LinkException, RefusedException {
    Life running = life;
    try {
      running.require();
      ByteString answer = checked(name, file.toByteArray());
      running.require();
      return answer;
    } catch (Crashed crashed) {
      if (crashed.life() != running) {
        throw crashed;
      }
      throw new LinkException(this + " crashed", null);
    } catch (DamagedReplicaException e) {
      throw new RefusedException(e.finding().defect().name(), e.getMessage());
    } catch (ArchiveStoreException e) {
      throw new LinkException(this + ": no archive", e);
    }
  }

  /** Answers what it has of a slice. */
  long lastSegment(int slice) throws LinkException {
    Life running = life;
    try {
      running.require();
      long last = receiver.lastSegment(slice);
      running.require();
      return last;
    } catch (Crashed crashed) {
      if (crashed.life() != running) {
        throw crashed;
      }
      throw new LinkException(this + " crashed", null);
    } catch (ArchiveStoreException e) {
      throw new LinkException(this + ": no archive", e);
    }
  }

  private ByteString checked(ArchiveName name, byte[] bytes)
      throws DamagedReplicaException, ArchiveStoreException {
    ByteString file = ByteString.copyFrom(bytes);
    try {
      ByteString answer = take(name, bytes);
      world.checker.answered(name, file, answer);
      return answer;
    } catch (DamagedReplicaException e) {
      world.trace(() -> this + " refuses: " + e.getMessage());
      world.checker.refused(name, file, e.finding().defect());
      throw e;
    }
  }

  private ByteString take(ArchiveName name, byte[] file)
      throws DamagedReplicaException, ArchiveStoreException {
    if (name.kind() == StatementKind.SEGMENT) {
      return receiver.segment(name, file);
    }
    if (name.kind() == StatementKind.CUT) {
      return countersign(name, file);
    }
    receiver.manifest(name, file);
    return ByteString.EMPTY;
  }

  /** One at a time, as in a real node, where others wait. */
  private ByteString countersign(ArchiveName name, byte[] file)
      throws DamagedReplicaException, ArchiveStoreException {
    if (countersigning) {
      throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_UNAVAILABLE, "compares another cut");
    }
    Life running = life;
    countersigning = true;
    try {
      return countersigner.countersign(name, file);
    } finally {
      if (life == running) {
        countersigning = false;
      }
    }
  }

  @Override
  public String toString() {
    return "sibling node " + number;
  }
}
