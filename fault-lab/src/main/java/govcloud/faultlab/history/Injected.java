package govcloud.faultlab.history;

import java.util.Map;

/**
 * One fault, made and taken back.
 *
 * @param id which of the schedule
 * @param kind such as {@code NODE_PAUSE}
 * @param target whom it hit
 * @param injected nanoseconds of the same clock as the operations'
 * @param healed when it was taken back
 * @param proof figures that show that it bit, such as dropped packets; all of them above zero
 */
public record Injected(
    int id, String kind, String target, long injected, long healed, Map<String, Long> proof) {

  /** Refuses nothing; keeps its own copy. */
  public Injected {
    proof = Map.copyOf(proof);
  }

  /** Whether it was really felt. */
  public boolean bit() {
    return !proof.isEmpty() && proof.values().stream().allMatch(figure -> figure > 0);
  }
}
