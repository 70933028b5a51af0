package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import govcloud.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the runbook and the help texts tell people to type is understood. */
class DocumentedCommandsTest {
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*(?:\\./)?recover (\\S.*)$");

  private static final Pattern EXPORT = Pattern.compile("(?m)^export .*$");
  private static final Pattern PLACE = Pattern.compile("([A-Z_]+)=(\\S+)");

  private static CommandLine parser() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, false, Map.of());
    return Recover.commandLine(terminal, Clock.systemUTC());
  }

  private static List<String> commands(String text) {
    List<String> commands = new ArrayList<>();
    Matcher matcher = COMMAND.matcher(exported(text).replaceAll("\\\\\\n\\s*", ""));
    while (matcher.find()) {
      commands.add(matcher.group(1).strip());
    }
    return commands;
  }

  /** As a shell reads it in which the text's own {@code export} lines were typed. */
  private static String exported(String text) {
    String all = text;
    for (Matcher export = EXPORT.matcher(text); export.find(); ) {
      for (Matcher place = PLACE.matcher(export.group()); place.find(); ) {
        all = all.replaceAll("\\$" + place.group(1) + "\\b", place.group(2));
      }
    }
    return all;
  }

  @Test
  void runbook_everyCommandLine_parses() throws Exception {
    List<String> commands = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("../docs"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".md")).toList()) {
        commands.addAll(commands(Files.readString(file)));
      }
    }
    assertThat(commands).hasSizeGreaterThan(6);
    assertParsed(commands);
  }

  @Test
  void examples_everyCommandLine_parses_andEveryCommandHasOne() {
    List<String> commands = new ArrayList<>();
    for (CommandLine command : parser().getSubcommands().values()) {
      String examples = String.join("\n", command.getCommandSpec().usageMessage().footer());
      List<String> found = commands(examples);
      assertThat(found).as(command.getCommandName()).isNotEmpty();
      commands.addAll(found);
    }
    assertParsed(commands);
  }

  private static void assertParsed(List<String> commands) {
    for (String command : commands) {
      assertThatCode(() -> parser().parseArgs(command.split("\\s+")))
          .as(command)
          .doesNotThrowAnyException();
    }
  }
}
