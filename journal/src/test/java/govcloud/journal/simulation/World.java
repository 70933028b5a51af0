package govcloud.journal.simulation;

import com.google.protobuf.ByteString;
import govcloud.journal.HybridClock;
import govcloud.journal.core.HostSettings;
import govcloud.journal.core.TrimSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Everything in one history: time, chance, tables, nodes. The seed decides all of it. */
final class World {

  /** Milliseconds until everything is healed. */
  static final long TROUBLE = 3_000;

  static final int NODES = 3;
  private static final int TRACE = 80;

  /** What wall clocks show at the beginning. */
  static final long START = 1_000_000;

  /** What an entity was at a sequence, as an entity on any node may find it. */
  record Snapshot(long sequence, ByteString hash, Set<String> keys) {}

  final Random random;
  final VirtualTime time = new VirtualTime();
  final Tally tally = new Tally();
  final Checker checker = new Checker(this);
  final Tables tables = new Tables(time, this::lag, checker);
  final List<Node> nodes = new ArrayList<>();
  final List<Reader> readers = new ArrayList<>();
  final Map<String, Snapshot> snapshots = new HashMap<>();
  final HostSettings settings;
  private final double late;
  private final boolean tracing;
  private final ArrayDeque<String> trace = new ArrayDeque<>();
  private long incarnations;
  private long attempts;

  World(long seed, boolean tracing) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    this.tracing = tracing;
    this.late = new double[] {0.04, 0.15, 0.04, 0.3}[(int) (seed & 3)];
    this.settings = settings();
    for (int i = 0; i < NODES; i++) {
      nodes.add(new Node(this, i));
    }
  }

  private HostSettings settings() {
    return new HostSettings(
        chance(0.5) ? 300 : 64 * 1024,
        chance(0.5) ? 4 : 100,
        10_000,
        chance(0.2) ? 2 : 1_000,
        chance(0.5) ? 1 : 3,
        Duration.ofMillis(chance(0.5) ? 0 : 5),
        Duration.ofMillis(25),
        Duration.ofMillis(chance(0.5) ? 150 : 600),
        Duration.ofMillis(chance(0.3) ? 0 : between(10, 250)),
        Duration.ofMillis(5),
        Duration.ofMillis(40),
        Duration.ofMillis(chance(0.5) ? 50 : 300),
        chance(0.5) ? 200 : 2_000,
        Duration.ofMillis(300),
        chance(0.5) ? 1 : 4,
        1,
        new TrimSettings(true, chance(0.5) ? 0 : 4, Duration.ofMillis(50)));
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

  /** Until a row is seen by plain reads. */
  private long lag() {
    return troubled() ? between(0, chance(0.2) ? 300 : 5) : 0;
  }

  /** What happens to a request to the database. */
  Fate fate(boolean cutOff) {
    if (!troubled()) {
      return new Fate(List.of(between(1, 5)), 0, between(1, 5));
    }
    if (cutOff ? chance(0.8) : chance(0.03)) {
      tally.count(Fault.REQUEST_LOST);
      return Fate.LOST;
    }
    List<Long> acts = new ArrayList<>();
    acts.add(delay());
    if (chance(0.04)) {
      tally.count(Fault.REQUEST_TWICE);
      acts.add(delay());
    }
    boolean answerLost = chance(cutOff ? 0.8 : 0.04);
    if (answerLost) {
      tally.count(Fault.ANSWER_LOST);
    }
    return new Fate(acts, chance(0.3) ? between(1, 45) : 0, answerLost ? -1 : between(1, 6));
  }

  private long delay() {
    if (chance(late)) {
      tally.count(Fault.REQUEST_LATE);
      return between(30, 930);
    }
    return between(1, 7);
  }

  /** A hybrid clock over a wall clock of its own, up to 100 ms off. */
  HybridClock wallClock() {
    long skew = between(0, 200) - 100;
    return new HybridClock(
        new Clock() {
          @Override
          public Instant instant() {
            return Instant.ofEpochMilli(START + time.now() + skew);
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        });
  }

  long nextIncarnation() {
    return ++incarnations;
  }

  long nextAttempt() {
    return ++attempts;
  }

  /** The lowest position that a reader has stored. */
  long slowestReader() {
    return readers.stream().mapToLong(Reader::saved).min().orElse(-1);
  }

  void keepSnapshot(String entityId, Snapshot snapshot) {
    snapshots.merge(entityId, snapshot, (old, now) -> now.sequence() > old.sequence() ? now : old);
  }

  /** Notes what happened, when somebody wants to read it. */
  void trace(Supplier<String> what) {
    if (tracing) {
      if (trace.size() == TRACE) {
        trace.removeFirst();
      }
      trace.add(String.format("%6d ms  %s", time.now(), what.get()));
    }
  }

  /** The end of what happened. */
  String trace() {
    return String.join(System.lineSeparator(), trace);
  }
}
