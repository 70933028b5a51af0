package govcloud.node.supervision;

import govcloud.domain.deferral.NoticeDeferralState.Status;
import govcloud.node.deferral.NoticeDeferralView;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How often a department has deferred the notice of its looks.
 *
 * @param proposed requests that wait for the second person or lapsed
 * @param granted by two people, and not ended early
 * @param extended of all that were granted
 * @param released that ended before their date
 */
record DeferralCount(
    String office, long proposed, long granted, long extended, long declined, long released) {

  /** From the numbers of the read model, by department. */
  static List<DeferralCount> of(Map<String, Map<String, Long>> numbers) {
    return numbers.entrySet().stream()
        .map(entry -> of(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(DeferralCount::office))
        .toList();
  }

  private static DeferralCount of(String office, Map<String, Long> numbers) {
    return new DeferralCount(
        office,
        count(numbers, Status.PROPOSED),
        count(numbers, Status.GRANTED),
        numbers.getOrDefault(NoticeDeferralView.EXTENDED, 0L),
        count(numbers, Status.DECLINED),
        count(numbers, Status.RELEASED));
  }

  private static long count(Map<String, Long> numbers, Status status) {
    return numbers.getOrDefault(status.name().toLowerCase(Locale.ROOT), 0L);
  }
}
