package govcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the documents and the help texts tell people to type is understood. */
final class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");

  /** What follows is the shell's: a comment, a pipe, another command. */
  private static final Pattern END = Pattern.compile("\\s+(#\\s|[|>]|&&).*");

  /** A word, of which parts may be in quotation marks. */
  private static final Pattern WORD = Pattern.compile("(?:[^\\s']|'[^']*')+");

  /** Made once: to look through all commands takes longer than to parse a line. */
  private final CommandLine govcloud =
      Govcloud.commandLine(new TestTerminal().terminal(), Clock.systemUTC());

  @Test
  void documents_everyCommandLine_parses() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT, 3)) {
      files
          .filter(file -> file.toString().endsWith(".md") && !file.toString().contains("/target/"))
          .forEach(file -> lines.addAll(commandLines(file)));
    }
    assertThat(lines).hasSizeGreaterThan(6);
    assertThat(lines).allSatisfy(this::parses);
  }

  @Test
  void help_everyExample_parses() {
    List<String> examples = examples(govcloud);
    assertThat(examples).hasSizeGreaterThan(40);
    assertThat(examples).allSatisfy(this::parses);
  }

  private static List<String> commandLines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.startsWith("./govcloud ")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> examples(CommandLine command) {
    List<String> all = new ArrayList<>();
    String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    help.substring(0, help.indexOf("\nUsage: "))
        .replaceAll("\\\\\n\\s*", "")
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("govcloud "))
        .forEach(all::add);
    command.getSubcommands().values().forEach(sub -> all.addAll(examples(sub)));
    return all;
  }

  private void parses(String line) {
    List<String> words = new ArrayList<>();
    WORD.matcher(END.matcher(line).replaceAll(""))
        .results()
        .map(word -> word.group().replace("'", ""))
        .forEach(words::add);
    words.remove(0);
    assertThatCode(() -> govcloud.parseArgs(words.toArray(new String[0])))
        .as(line)
        .doesNotThrowAnyException();
  }
}
