package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of a runbook that is not for a shell, because what it needs is seldom there: a command as
 * it stands, and what it says.
 *
 * @param command lines are joined
 * @param says examples; any number stands for any other
 */
record RunbookBlock(String command, List<String> says) {
  private static final Path DOCS = Path.of("../docs");
  private static final String FENCE = "```";
  private static final Pattern EXAMPLE = Pattern.compile("[0-9][0-9,.:TZ-]*");

  /** Keeps the list. */
  RunbookBlock {
    says = List.copyOf(says);
  }

  /** The block that begins so. */
  static RunbookBlock of(String runbook, String beginning) throws IOException {
    List<String> lines = Files.readAllLines(DOCS.resolve(runbook));
    int first = 0;
    while (!lines.get(first).startsWith(beginning) || !lines.get(first - 1).contains(FENCE)) {
      first++;
    }
    StringBuilder command = new StringBuilder();
    int next = first;
    do {
      command.append(lines.get(next).replaceAll("\\\\$", "")).append(' ');
    } while (lines.get(next++).endsWith("\\"));
    List<String> says = new ArrayList<>();
    while (!lines.get(next).contains(FENCE)) {
      says.add(lines.get(next++));
    }
    return new RunbookBlock(command.toString(), says);
  }

  /**
   * Runs it as it stands, and compares what it says.
   *
   * @param places what stands here for places of the runbook
   */
  Run run(ExitCode expected, Map<String, String> places) {
    String[] words = here(command, places).strip().split("\\s+");
    assertThat(words[0]).isEqualTo("./recover");
    Run run = Run.of(expected, Stream.of(words).skip(1).toArray(String[]::new));
    List<String> said = (run.out() + run.err()).lines().map(String::strip).toList();
    for (String line : says) {
      assertThat(said).as(line).anyMatch(pattern(here(line, places)).asMatchPredicate());
    }
    return run;
  }

  /** The longer ones first: one may begin like another. */
  private static String here(String text, Map<String, String> places) {
    String here = text;
    for (String place :
        places.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList()) {
      here = here.replace(place, places.get(place));
    }
    return here;
  }

  private static Pattern pattern(String line) {
    String quoted = Pattern.quote(line.strip());
    String numbers = EXAMPLE.matcher(quoted).replaceAll("\\\\E[0-9][0-9,.:TZ-]*\\\\Q");
    return Pattern.compile(numbers.replaceAll(" {2,}", "\\\\E +\\\\Q"));
  }
}
