package govcloud.replication.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The moments that somebody wanted to cut. */
final class Moments {
  private static final int MOST = 3;
  private static final long AHEAD = 1_000_000;

  private final World world;
  private final Map<Long, Moment> moments = new TreeMap<>();
  private Moment last;

  Moments(World world) {
    this.world = world;
  }

  /** Whether another one may begin: some in the trouble, and one when it is over. */
  boolean mayBegin() {
    return world.troubled()
        ? moments.size() < MOST && world.chance(0.3)
        : last == null || last.inTrouble();
  }

  /** Begins a moment: the slices are closed one after the other, sooner or later. */
  Moment begin() {
    long highest = world.writers.stream().mapToLong(LogWriter::clock).max().orElseThrow();
    long before = last == null ? 0 : last.clock();
    Moment moment = new Moment(Math.max(highest, before) + AHEAD, world.troubled());
    world.trace(() -> "moment " + moment.clock() + " begins");
    moments.put(moment.clock(), moment);
    last = moment;
    for (LogWriter writer : world.writers) {
      world.time.after(world.between(0, 60), () -> writer.close(moment));
    }
    return moment;
  }

  /** The moment of a clock. */
  Optional<Moment> at(long clock) {
    return Optional.ofNullable(moments.get(clock));
  }

  /** The last one that began. */
  Optional<Moment> last() {
    return Optional.ofNullable(last);
  }
}
