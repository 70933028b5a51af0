package govcloud.faultlab.nemesis;

import java.util.EnumSet;
import java.util.Set;

/** The faults that a schedule is made of. */
public enum FaultKind {
  /** A node is killed and started again at the end. */
  NODE_KILL(Target.NODE, 8, 20),
  /** A node is frozen and goes on at the end. */
  NODE_PAUSE(Target.NODE, 1, 40),
  /** A node leaves in order and comes back. */
  NODE_RESTART(Target.NODE, 5, 15),
  /** A node reaches nobody, and nobody reaches it. */
  NODE_CUT(Target.NODE, 5, 25),
  /** Packets from one node to another vanish, but not those back. */
  NODE_ONE_WAY(Target.NODE, 8, 25),
  /** A node's lines break and heal every few seconds. */
  NODE_FLAPPING(Target.NODE, 15, 30),
  /** A share of the packets between a node and everybody is lost. */
  NODE_LOSS(Target.NODE, 10, 25),
  /** A node reaches the other nodes, but no Cassandra. */
  NODE_WITHOUT_CASSANDRA(Target.NODE, 5, 25),
  /**
   * A node reaches Cassandra and its clients, but no other node: the others put it out and serve in
   * its place while it can still write.
   */
  NODE_WITHOUT_PEERS(Target.NODE, 8, 30),
  /** A node's time of day jumps. */
  NODE_CLOCK(Target.NODE, 10, 25),
  /** One node dies while two that were not there join, and leave at the end. */
  JOIN_STORM(Target.NODE, 20, 30),
  /** A Cassandra is killed and started again at the end. */
  CASSANDRA_KILL(Target.CASSANDRA, 8, 20),
  /** A Cassandra is frozen. */
  CASSANDRA_PAUSE(Target.CASSANDRA, 2, 30),
  /** A Cassandra reaches nobody, and nobody reaches it. */
  CASSANDRA_CUT(Target.CASSANDRA, 5, 25),
  /** A Cassandra's disk writes a few times a second. */
  CASSANDRA_SLOW_DISK(Target.CASSANDRA, 10, 25),
  /** A Cassandra's disk has no room; Cassandra may die of it and is started again at the end. */
  CASSANDRA_FULL_DISK(Target.CASSANDRA, 10, 25),
  /** A Cassandra's time of day jumps. */
  CASSANDRA_CLOCK(Target.CASSANDRA, 10, 25),
  /** All Cassandras end at one moment, and their disks keep only what had reached them. */
  POWER_CUT(Target.ALL, 1, 3),

  /** A node of the sibling, which takes in and signs receipts, is killed. */
  SIBLING_KILL(Target.SIBLING, 6, 15),
  /** The time of day of a node of the sibling jumps. */
  SIBLING_CLOCK(Target.SIBLING, 10, 20),
  /** The disk on which the sibling keeps what it receives has no room. */
  SIBLING_FULL_DISK(Target.SIBLING_DISK, 8, 15),
  /** Nothing gets through to the sibling, or back. */
  LINE_CUT(Target.LINE, 6, 20),
  /** Packets to the sibling vanish, but not those back; or the other way round. */
  LINE_ONE_WAY(Target.LINE, 6, 20),
  /** A share of the packets between the two clouds is lost. */
  LINE_LOSS(Target.LINE, 8, 20),
  /** Everything between the two clouds takes longer. */
  LINE_DELAY(Target.LINE, 8, 20),
  /** The line to the sibling carries 1 Mbit/s. */
  LINE_SLOW(Target.LINE, 8, 20),
  /** Nothing gets through to the sibling for long, so that nobody cosigns the ledger. */
  SIBLING_AWAY(Target.LINE, 45, 75),

  /** The node that hosts the order of the ledger's entries is killed. */
  SEQUENCER_KILL(Target.SEQUENCER, 8, 15),
  /** The audit office's witness is killed. */
  WITNESS_KILL(Target.WITNESS, 8, 20);

  /** What the copy at the sibling has to stand, and what kills those who ship to it. */
  public static final Set<FaultKind> REPLICATION =
      Set.copyOf(
          EnumSet.of(
              NODE_KILL,
              NODE_CLOCK,
              SIBLING_KILL,
              SIBLING_CLOCK,
              SIBLING_FULL_DISK,
              LINE_CUT,
              LINE_ONE_WAY,
              LINE_LOSS,
              LINE_DELAY,
              LINE_SLOW));

  /** What exchanges and their ledger have to stand: every node is a gateway as well. */
  public static final Set<FaultKind> EXCHANGE =
      Set.copyOf(EnumSet.of(NODE_KILL, SEQUENCER_KILL, WITNESS_KILL, SIBLING_KILL, SIBLING_AWAY));

  private final Target target;
  private final int leastSeconds;
  private final int mostSeconds;

  FaultKind(Target target, int leastSeconds, int mostSeconds) {
    this.target = target;
    this.leastSeconds = leastSeconds;
    this.mostSeconds = mostSeconds;
  }

  /** Whom a fault hits. */
  public enum Target {
    NODE,
    CASSANDRA,
    SIBLING,
    SIBLING_DISK,
    LINE,
    SEQUENCER,
    WITNESS,
    ALL
  }

  /** Whether it can be felt only while departments ask each other. */
  public boolean needsExchanges() {
    return this == SEQUENCER_KILL || this == WITNESS_KILL || this == SIBLING_AWAY;
  }

  /** Whom it hits. */
  public Target target() {
    return target;
  }

  /** It lasts at least this long. */
  public int leastSeconds() {
    return leastSeconds;
  }

  /** It lasts at most this long. */
  public int mostSeconds() {
    return mostSeconds;
  }
}
