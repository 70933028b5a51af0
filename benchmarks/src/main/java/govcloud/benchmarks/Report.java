package govcloud.benchmarks;

import java.util.List;
import java.util.Locale;

/** Prints lines as figures come. */
final class Report {

  @SuppressWarnings("SystemOut") // the figures are what the program is for
  void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The value below which a share of all lies; the list must be sorted. */
  static long percentile(List<Long> sorted, double share) {
    return sorted.isEmpty()
        ? 0
        : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
  }
}
