package govcloud.faultlab.checker;

import govcloud.faultlab.history.History;
import govcloud.faultlab.history.Injected;
import govcloud.faultlab.history.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long entities were without an answer around a fault.
 *
 * @param fault which
 * @param longest time between two acknowledgements of one entity, the worst of all
 * @param silent entities that were without one for more than two seconds
 * @param recovered from the end of the fault until every entity had acknowledged something that was
 *     asked after it; negative when one never did
 * @param alone whether no other fault can have a part in that
 */
public record Outage(
    Injected fault, Duration longest, int silent, Duration recovered, boolean alone) {

  private static final long NOTICEABLE = 2_000_000_000L;
  private static final Duration NEVER = Duration.ofNanos(-1);

  /** One for each fault. */
  static List<Outage> of(History history) {
    Map<String, List<Operation>> acknowledged =
        history.operations().stream()
            .filter(Operation::ok)
            .collect(Collectors.groupingBy(Operation::entity, TreeMap::new, Collectors.toList()));
    return history.faults().stream()
        .map(fault -> of(fault, acknowledged, history.faults()))
        .toList();
  }

  private static Outage of(
      Injected fault, Map<String, List<Operation>> acknowledged, List<Injected> faults) {
    long longest = 0;
    long recovered = 0;
    int silent = 0;
    for (List<Operation> operations : acknowledged.values()) {
      long gap = gap(fault, operations);
      longest = Math.max(longest, gap);
      silent += gap > NOTICEABLE ? 1 : 0;
      long first =
          operations.stream()
              .filter(operation -> operation.invoked() >= fault.healed())
              .mapToLong(Operation::completed)
              .min()
              .orElse(Long.MAX_VALUE);
      recovered = Math.max(recovered, first == Long.MAX_VALUE ? first : first - fault.healed());
    }
    return new Outage(
        fault,
        Duration.ofNanos(longest),
        silent,
        recovered == Long.MAX_VALUE ? NEVER : Duration.ofNanos(recovered),
        alone(fault, longest, faults));
  }

  /** No other went on during the fault, or within the longest gap before or after it. */
  private static boolean alone(Injected fault, long longest, List<Injected> faults) {
    return faults.stream()
        .allMatch(
            other ->
                other.id() == fault.id()
                    || other.healed() < fault.injected() - longest
                    || other.injected() > fault.healed() + longest);
  }

  /** The longest time between two acknowledgements of which some lies in the fault. */
  private static long gap(Injected fault, List<Operation> operations) {
    long[] ends = operations.stream().mapToLong(Operation::completed).sorted().toArray();
    long longest = 0;
    for (int i = 1; i < ends.length; i++) {
      if (ends[i] > fault.injected() && ends[i - 1] < fault.healed()) {
        longest = Math.max(longest, ends[i] - ends[i - 1]);
      }
    }
    return longest;
  }

  /** Whether some entity never answered again. */
  boolean never() {
    return recovered.isNegative();
  }
}
