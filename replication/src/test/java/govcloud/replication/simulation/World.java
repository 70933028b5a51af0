package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.TestLog;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Everything in one history: time, chance, logs, archives, nodes. The seed decides all of it. */
final class World {
  /** Milliseconds until everything is healed. */
  static final long TROUBLE = 1_200;

  static final int SLICES = 2;
  static final int NODES = 2;

  /** How far clocks are from each other, milliseconds. */
  private static final long[] SKEWS = {0, -40_000, 25_000, 3};

  private static final int DEEPEST = 12;
  private static final int TRACE = 100;
  private static final long START = 1_700_000_000_000L;

  final Random random;
  final VirtualTime time = new VirtualTime();
  final Tally tally = new Tally();
  final Checker checker = new Checker(this);
  final Disk home = new Disk(this, true);
  final Disk away = new Disk(this, false);
  final Gateway out = new Gateway(this);
  final Gateway in = new Gateway(this);
  final List<List<ByteString>> logs = new ArrayList<>();
  final List<HomeNode> homeNodes = new ArrayList<>();
  final List<SiblingNode> siblingNodes = new ArrayList<>();
  final List<LogWriter> writers = new ArrayList<>();
  final Moments moments = new Moments(this);
  final Checkpoints checkpoints = new Checkpoints(this);
  private final boolean dropping;
  private final boolean tracing;
  private final ArrayDeque<String> trace = new ArrayDeque<>();
  private int depth;
  private int epoch = 1;
  private long awayUntil;
  private long clockOffset;

  World(long seed, boolean tracing) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    this.dropping = (seed & 1) == 1;
    this.tracing = tracing;
    for (int slice = 0; slice < SLICES; slice++) {
      logs.add(new ArrayList<>());
      long skew = SKEWS[(int) ((seed >> 1) + slice) & 3];
      TestLog source = new TestLog(slice, (seed & 7) * SLICES + slice, skew);
      writers.add(new LogWriter(this, slice, source, logs.get(slice)));
    }
    for (int i = 0; i < NODES; i++) {
      homeNodes.add(new HomeNode(this, i));
      siblingNodes.add(new SiblingNode(this, i));
    }
  }

  /** Whether the clouds are separated by gateways, and drop files for each other. */
  boolean isDropping() {
    return dropping;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From a number up to, but not including, another. */
  long between(long from, long to) {
    return from + random.nextInt((int) (to - from));
  }

  /** Whether anything may still go wrong. */
  boolean troubled() {
    return time.now() < TROUBLE;
  }

  /** Whether something goes wrong now, which is counted. */
  boolean strikes(double probability, Fault fault) {
    boolean strikes = troubled() && chance(probability);
    if (strikes) {
      tally.count(fault);
      trace(() -> fault.name());
    }
    return strikes;
  }

  /** A moment between two things that a process does: others go on, and it may crash. */
  void step(Life life) {
    life.require();
    if (troubled() && chance(0.006)) {
      crashWhoLives(life);
    }
    life.require();
    if (chance(0.3)) {
      others(between(0, 5));
      life.require();
    }
  }

  /** A process waits; others go on. */
  void others(long millis) {
    if (depth < DEEPEST) {
      depth++;
      try {
        time.pass(millis);
      } finally {
        depth--;
      }
    }
  }

  /** Whether nobody is in the middle of something. */
  boolean isQuiet() {
    return depth == 0;
  }

  private void crashWhoLives(Life life) {
    homeNodes.forEach(node -> node.crashIf(life));
    siblingNodes.forEach(node -> node.crashIf(life));
  }

  /** The log of a slice grows, if it may. */
  void grow(int slice) {
    writers.get(slice).grow();
  }

  void rotateKeys() {
    epoch++;
    tally.count(Fault.KEY_ROTATED);
  }

  int epoch() {
    return epoch;
  }

  void siblingAway(long millis) {
    awayUntil = Math.max(awayUntil, time.now() + millis);
  }

  boolean isSiblingAway() {
    return troubled() && time.now() < awayUntil;
  }

  void jumpClocks(long millis) {
    clockOffset += millis;
  }

  /** The wall clock of a node, which jumps, and is not that of another. */
  Clock clock(int node) {
    long skew = SKEWS[node & 3];
    return new Clock() {
      @Override
      public Instant instant() {
        return Instant.ofEpochMilli(START + time.now() + clockOffset + skew);
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  /** Notes what happened, when somebody wants to read it. */
  void trace(Supplier<String> what) {
    if (tracing) {
      if (trace.size() == TRACE) {
        trace.removeFirst();
      }
      trace.add(
          String.format(
              java.util.Locale.ROOT, "%6d ms %s%s", time.now(), "  ".repeat(depth), what.get()));
    }
  }

  /** The end of what happened; what happened within something else is indented. */
  String trace() {
    return String.join(System.lineSeparator(), trace);
  }
}
