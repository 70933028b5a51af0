package govcloud.faultlab.runbook;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a command says what the runbook says that it says. */
final class Expected {
  /** Any further lines. */
  private static final String LINES = "...";

  private static final Map<String, String> NAMED =
      new TreeMap<>(
          Map.of(
              "number", "-?[0-9][0-9,]*(?:\\.[0-9]+)?",
              "time",
                  "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?Z?",
              "fingerprint", "[0-9a-f]{32}(?:[0-9a-f]{32})?",
              "name", "[A-Za-z0-9][A-Za-z0-9._/-]*",
              "words", ".+"));

  private static final Pattern VARIABLE = Pattern.compile("<([a-z]+)>|\\$([A-Z_]+)|\\s+");

  private final Runbook.Step step;
  private final Map<String, String> places;
  private final List<String> said;
  private int farthest;

  private Expected(Runbook.Step step, Map<String, String> places, List<String> said) {
    this.step = step;
    this.places = places;
    this.said = said;
  }

  /**
   * Compares.
   *
   * @param places what stands for the names of places
   * @param said by the command, without empty lines
   * @return the number of the first line of the file that is not so
   */
  static Optional<Integer> drift(Runbook.Step step, Map<String, String> places, List<String> said) {
    Expected comparison = new Expected(step, places, said);
    return comparison.matches(0, 0)
        ? Optional.empty()
        : Optional.of(
            step.expectedLine() + Math.min(comparison.farthest, step.expected().size() - 1));
  }

  private boolean matches(int line, int from) {
    farthest = Math.max(farthest, line);
    if (line == step.expected().size()) {
      return from == said.size();
    }
    String wanted = step.expected().get(line).strip();
    if (wanted.equals(LINES)) {
      for (int next = from; next <= said.size(); next++) {
        if (matches(line + 1, next)) {
          return true;
        }
      }
      return false;
    }
    return from < said.size()
        && pattern(wanted).matcher(said.get(from).strip()).matches()
        && matches(line + 1, from + 1);
  }

  /** Columns are as wide as what is in them, so any space stands for any other. */
  private Pattern pattern(String wanted) {
    StringBuilder pattern = new StringBuilder();
    Matcher variable = VARIABLE.matcher(wanted);
    int end = 0;
    while (variable.find()) {
      pattern.append(Pattern.quote(wanted.substring(end, variable.start())));
      pattern.append(stands(variable));
      end = variable.end();
    }
    return Pattern.compile(pattern.append(Pattern.quote(wanted.substring(end))).toString());
  }

  private String stands(Matcher variable) {
    if (variable.group(1) != null) {
      String named = NAMED.get(variable.group(1));
      if (named == null) {
        throw new IllegalArgumentException(
            "line " + step.expectedLine() + ": " + variable.group() + " (expected: " + NAMED + ")");
      }
      return named;
    }
    return variable.group(2) == null ? "\\s+" : Pattern.quote(places.get(variable.group(2)));
  }
}
