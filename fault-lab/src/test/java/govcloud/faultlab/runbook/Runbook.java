package govcloud.faultlab.runbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A runbook as a person reads it: what is where, and commands in their order with what each says.
 *
 * <p>A block marked {@code sh} is typed; a further word says at whose machine. The plain block
 * behind it is what it says. Blocks marked otherwise are not for a shell.
 *
 * @param file it
 * @param places names of what {@code export} says, which is different everywhere
 * @param steps in their order
 */
record Runbook(Path file, Set<String> places, List<Step> steps) {
  private static final Pattern FENCE = Pattern.compile("\\s*```\\s*(\\w*)\\s*(\\w*)\\s*");
  private static final Pattern CODE = Pattern.compile("exit code (\\d+)");
  private static final Pattern PLACE = Pattern.compile("(?:export|\\s)\\s*([A-Z_]+)=");
  private static final Pattern SECTION = Pattern.compile("## (\\d+)\\. .*");

  /**
   * Something to type.
   *
   * @param section in which it stands
   * @param line of its first line in the file, from 1
   * @param where at whose machine; empty where there is but one
   * @param command as it stands, lines and all
   * @param code with which it ends when all is well
   * @param expected what it says then
   * @param expectedLine of the first of these in the file
   */
  record Step(
      int section,
      int line,
      String where,
      String command,
      int code,
      List<String> expected,
      int expectedLine) {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with the line of a command of which it is not said what it
   *     says, or the other way round
   */
  static Runbook read(Path file) throws IOException {
    return new Reader(file).read(Files.readAllLines(file));
  }

  private static final class Reader {
    private final Path file;
    private final Set<String> places = new TreeSet<>();
    private final List<Step> steps = new ArrayList<>();
    private int section;
    private Step typed;

    private Reader(Path file) {
      this.file = file;
    }

    private Runbook read(List<String> lines) {
      for (int i = 0; i < lines.size(); i++) {
        Matcher fence = FENCE.matcher(lines.get(i));
        if (!fence.matches()) {
          prose(lines.get(i));
          continue;
        }
        int end = i + 1;
        while (!lines.get(end).strip().equals("```")) {
          end++;
        }
        block(fence.group(1), fence.group(2), i + 2, lines.subList(i + 1, end));
        i = end;
      }
      requireSaid();
      return new Runbook(file, places, List.copyOf(steps));
    }

    private void prose(String line) {
      Matcher heading = SECTION.matcher(line);
      if (heading.matches()) {
        section = Integer.parseInt(heading.group(1));
      }
      Matcher code = CODE.matcher(line);
      if (typed != null && code.find()) {
        typed = with(Integer.parseInt(code.group(1)), typed.expected(), 0);
      }
    }

    private void block(String language, String where, int line, List<String> content) {
      if (language.equals("sh") && content.get(0).startsWith("export ")) {
        content.forEach(
            export -> PLACE.matcher(export).results().forEach(one -> places.add(one.group(1))));
      } else if (language.equals("sh")) {
        requireSaid();
        String command = String.join("\n", content);
        typed = new Step(section, line, where, command, 0, List.of(), 0);
      } else if (language.isEmpty()) {
        if (typed == null) {
          throw new IllegalArgumentException(file + ":" + line + ": said by no command");
        }
        steps.add(with(typed.code(), List.copyOf(content), line));
        typed = null;
      }
    }

    private Step with(int code, List<String> expected, int line) {
      return new Step(
          typed.section(), typed.line(), typed.where(), typed.command(), code, expected, line);
    }

    private void requireSaid() {
      if (typed != null) {
        throw new IllegalArgumentException(
            file + ":" + typed.line() + ": not said what this says (expected: a block behind it)");
      }
    }
  }

  /** Names in commands that nobody says, which a shell takes for nothing. */
  Set<String> unsaid() {
    return steps.stream()
        .flatMap(step -> Pattern.compile("\\$([A-Z_]+)").matcher(step.command()).results())
        .map(name -> name.group(1))
        .filter(name -> !places.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The lines of a text. */
  static List<String> lines(String text) {
    return Arrays.stream(text.split("\n", -1)).map(String::stripTrailing).toList();
  }
}
