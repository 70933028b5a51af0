package govcloud.faultlab.replica;

import govcloud.faultlab.history.Operation;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntToLongFunction;

/**
 * Looks into the sibling's archive at the moment in which a change is acknowledged of which nothing
 * may be lost, and remembers how far the log has been acknowledged.
 */
public final class ReplicaWatch {

  /** What is noted of a change whose answer does not say that the sibling has it. */
  public static final long NOT_PROMISED = -1;

  /** An acknowledgement names a batch times this, plus the place in it. */
  private static final int PLACES = 20;

  private final IntToLongFunction sibling;
  private final Set<String> tenants;
  private final Map<String, Long> there = new ConcurrentHashMap<>();
  private final Map<Integer, Long> acknowledged = new ConcurrentHashMap<>();

  /**
   * Nothing seen yet.
   *
   * @param sibling up to which offset it has a slice, excluded
   * @param tenants those of which nothing may be lost
   */
  public ReplicaWatch(IntToLongFunction sibling, Set<String> tenants) {
    this.sibling = sibling;
    this.tenants = Set.copyOf(tenants);
  }

  /** Hears of an acknowledged change, right after its answer. */
  public void acknowledged(Operation operation, boolean replicated) {
    Operation.Answer answer = operation.answer();
    if (tenants.contains(operation.tenant())) {
      there.put(operation.id(), replicated ? sibling.applyAsLong(answer.slice()) : NOT_PROMISED);
    }
    if (!answer.replayed() && answer.position() >= 0) {
      acknowledged.merge(answer.slice(), answer.position() >> PLACES, Math::max);
    }
  }

  /**
   * Up to which offset, excluded, the sibling had the slice of a change when it was acknowledged,
   * by the change's key.
   */
  public Map<String, Long> there() {
    return Map.copyOf(there);
  }

  /** The highest offset of each slice that was acknowledged so far. */
  public Map<Integer, Long> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  /** What the sibling does not have yet of slices up to and with these offsets, by slice. */
  public Map<Integer, String> missing(Map<Integer, Long> ends) {
    Map<Integer, String> missing = new TreeMap<>();
    ends.forEach(
        (slice, end) -> {
          long next = sibling.applyAsLong(slice);
          if (next <= end) {
            missing.put(slice, "up to " + end + " here, up to " + (next - 1) + " there");
          }
        });
    return missing;
  }
}
