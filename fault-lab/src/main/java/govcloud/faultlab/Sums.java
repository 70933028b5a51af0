package govcloud.faultlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the trials of one run add up to. */
final class Sums {

  /** The file in which each trial leaves a line for each of its faults. */
  static final String FAULTS = "faults.csv";

  private static final int FIELDS = 5;

  /** Faults of one kind. */
  private static final class Kind {
    private int faults;
    private int alone;
    private long longestAlone;
    private long longest;
    private long recovery;
    private int never;

    private void take(long gap, long recovered, boolean stoodAlone) {
      faults++;
      alone += stoodAlone ? 1 : 0;
      longestAlone = stoodAlone ? Math.max(longestAlone, gap) : longestAlone;
      longest = Math.max(longest, gap);
      recovery = Math.max(recovery, recovered);
      never += recovered < 0 ? 1 : 0;
    }
  }

  private final Map<String, Kind> kinds = new TreeMap<>();
  private final Map<String, Integer> verdicts = new TreeMap<>();

  /** Adds a trial that has ended; one that broke off early may have left no faults. */
  void add(String verdict, Path folder) throws IOException {
    verdicts.merge(verdict, 1, Integer::sum);
    Path file = folder.resolve(FAULTS);
    if (!Files.exists(file)) {
      return;
    }
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(",", -1);
      if (words.length != FIELDS) {
        throw new IOException(file + ": " + line + " (expected: " + FIELDS + " fields)");
      }
      kinds
          .computeIfAbsent(words[0], name -> new Kind())
          .take(Long.parseLong(words[2]), Long.parseLong(words[3]), Boolean.parseBoolean(words[4]));
    }
  }

  /** A table for people. */
  String table() {
    StringBuilder text = new StringBuilder("trials: " + verdicts + "\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%-24s %6s %6s %16s %10s %11s %6s%n",
            "fault",
            "times",
            "alone",
            "max gap alone s",
            "max gap s",
            "max back s",
            "never"));
    kinds.forEach(
        (name, kind) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-24s %6d %6d %16.1f %10.1f %11.1f %6d%n",
                    name,
                    kind.faults,
                    kind.alone,
                    kind.longestAlone / 1e3,
                    kind.longest / 1e3,
                    kind.recovery / 1e3,
                    kind.never)));
    return text.toString();
  }
}
