package govcloud.node.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * How many requests this node works on at the same time. The limit finds itself: while the median
 * of finished requests is slower than the goal, fewer are let in; while it is faster and all places
 * are wanted, more. What is beyond the limit is refused at once, before it costs anything. Tenants
 * share the places, and the share of one more stays free: whoever asks for little is let in,
 * however much another asks for.
 */
public final class ConcurrencyLimit {

  /** Requests after which the limit is looked at. */
  static final int WINDOW = 50;

  private static final double GROWTH = 1.1;
  private static final double STEEPEST = 0.5;

  private final int least;
  private final int most;
  private final long goalNanos;
  private final LongSupplier nanoTime;
  private final long[] finished = new long[WINDOW];
  private final Map<String, Integer> held = new HashMap<>();
  private int samples;
  private int underWay;
  private double limit;
  private boolean wanted;

  /**
   * A limit that begins at the top.
   *
   * @param least requests that are always let in
   * @param most requests that are let in at the best of times
   * @param goalNanos how long half of the requests may take at most
   * @param nanoTime a clock in nanoseconds that only goes forward
   */
  public ConcurrencyLimit(int least, int most, long goalNanos, LongSupplier nanoTime) {
    this.least = least;
    this.most = most;
    this.goalNanos = goalNanos;
    this.nanoTime = nanoTime;
    this.limit = most;
  }

  /** Requests under way. */
  public synchronized int underWay() {
    return underWay;
  }

  /** The present limit. */
  public synchronized int limit() {
    return (int) limit;
  }

  /**
   * Whether a request would be let in now.
   *
   * @param tenant whose share it is of; absent: of nobody's
   */
  synchronized boolean hasRoom(Optional<String> tenant) {
    boolean room = underWay < (int) limit && tenant.filter(this::hasItsShare).isEmpty();
    wanted |= !room;
    return room;
  }

  private synchronized boolean enter(Optional<String> tenant) {
    if (!hasRoom(tenant)) {
      return false;
    }
    underWay++;
    tenant.ifPresent(one -> held.merge(one, 1, Integer::sum));
    return true;
  }

  private boolean hasItsShare(String tenant) {
    int mine = held.getOrDefault(tenant, 0);
    int others = held.size() - (mine > 0 ? 1 : 0);
    return mine >= Math.max(1, (int) limit / (others + 2));
  }

  private synchronized void leave(Optional<String> tenant, long nanos) {
    underWay--;
    tenant.ifPresent(one -> held.computeIfPresent(one, (id, n) -> n == 1 ? null : n - 1));
    finished[samples++] = nanos;
    if (samples == WINDOW) {
      samples = 0;
      adapt();
    }
  }

  private void adapt() {
    long[] sorted = finished.clone();
    Arrays.sort(sorted);
    long median = Math.max(1, sorted[WINDOW / 2]);
    if (median > goalNanos) {
      limit = Math.max(least, limit * Math.max(STEEPEST, (double) goalNanos / median));
    } else if (wanted) {
      limit = Math.min(most, limit * GROWTH + 1);
    }
    wanted = false;
  }

  /** The place of one request among those under way. */
  static final class Place {
    private final AtomicReference<Taken> taken = new AtomicReference<>();
    private volatile boolean handedOn;

    private record Taken(ConcurrencyLimit of, Optional<String> tenant, long at) {}

    /**
     * Whether there was one left.
     *
     * @param tenant whose share it is of; absent: of nobody's
     */
    boolean take(ConcurrencyLimit limit, Optional<String> tenant) {
      if (!limit.enter(tenant)) {
        return false;
      }
      taken.set(new Taken(limit, tenant, limit.nanoTime.getAsLong()));
      return true;
    }

    /** From now on somebody else gives the place up, when an answer has gone out whole. */
    void handOn() {
      handedOn = true;
    }

    /** Whether the place is given up later. */
    boolean isHandedOn() {
      return handedOn;
    }

    /** Gives the place up; again does nothing. */
    void leave() {
      Taken had = taken.getAndSet(null);
      if (had != null) {
        had.of().leave(had.tenant(), had.of().nanoTime.getAsLong() - had.at());
      }
    }
  }
}
