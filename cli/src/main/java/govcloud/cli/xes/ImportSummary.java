package govcloud.cli.xes;

import govcloud.cli.output.Terminal;
import govcloud.cli.output.Terminal.Colour;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Tells a person what an import did. */
final class ImportSummary {
  private static final int MOST_LINES = 20;

  private final Terminal terminal;

  ImportSummary(Terminal terminal) {
    this.terminal = terminal;
  }

  void show(ImportTally tally) {
    tally.activities().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(
            entry ->
                terminal
                    .out()
                    .println(
                        String.format(Locale.ROOT, "%,9d  %s", entry.getValue(), entry.getKey())));
    terminal.out().flush();
    deviations(tally);
    failures(tally);
    verdict(tally);
  }

  private void verdict(ImportTally tally) {
    long cases = tally.count("new_cases") + tally.count("old_cases");
    if (!tally.isChange()) {
      terminal.say(
          String.format(
              Locale.ROOT,
              "Nothing changed: all %,d events of %,d cases were there already.",
              tally.events(),
              cases));
      return;
    }
    terminal.say(
        String.format(
            Locale.ROOT,
            "%s %,d events of %,d cases: %,d new, %,d there already, %,d deviations.",
            terminal.paint(Colour.GREEN, "Done."),
            tally.events(),
            cases,
            tally.count("accepted") + tally.count("new_deviations"),
            tally.count("unchanged"),
            tally.count("deviations")));
  }

  private void deviations(ImportTally tally) {
    Map<String, Integer> groups = new LinkedHashMap<>();
    Map<String, String> example = new LinkedHashMap<>();
    for (ImportTally.Deviation deviation : tally.deviations()) {
      String group = deviation.activity() + ": " + deviation.reason();
      groups.merge(group, 1, Integer::sum);
      example.putIfAbsent(group, deviation.trace() + " event " + (deviation.index() + 1));
    }
    if (groups.isEmpty()) {
      return;
    }
    terminal.say(
        terminal.paint(Colour.YELLOW, "Deviations")
            + " (kept in their cases; all of them with -o json):");
    groups.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_LINES)
        .forEach(
            entry ->
                terminal.say(
                    String.format(
                        Locale.ROOT,
                        "%,9d  %s [%s]",
                        entry.getValue(),
                        entry.getKey(),
                        example.get(entry.getKey()))));
    if (groups.size() > MOST_LINES) {
      terminal.say("           and " + (groups.size() - MOST_LINES) + " more kinds");
    }
  }

  private void failures(ImportTally tally) {
    if (tally.failures() == 0) {
      return;
    }
    terminal.say(
        terminal.paint(Colour.RED, "Not imported as a whole")
            + " ("
            + tally.failures()
            + " traces; run it again after mending):");
    tally.failureList().stream()
        .limit(MOST_LINES)
        .forEach(failure -> terminal.say("  " + failure.trace() + ": " + failure.reason()));
  }
}
