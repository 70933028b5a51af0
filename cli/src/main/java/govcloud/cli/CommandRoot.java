package govcloud.cli;

import govcloud.cli.command.Json;
import govcloud.cli.output.Format;
import govcloud.cli.output.Output;
import govcloud.cli.output.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The root of a tree of commands, with everything in which the programs of this house are the same:
 * help, errors, exit codes.
 */
public abstract class CommandRoot implements Callable<Integer> {
  private static final List<String> HELP =
      List.of(
          CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
          CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER,
          CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
          CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
          CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST);

  private final Terminal terminal;
  private final Clock clock;

  @Spec private CommandSpec spec;

  /** A root for one run. */
  protected CommandRoot(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /** The parser with all commands. */
  public final CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    configure(line);
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(100);
    line.setHelpSectionKeys(HELP);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler((problem, given) -> wrongUsage(terminal, problem, given));
    line.setExecutionExceptionHandler(
        (problem, command, parsed) -> failed(terminal, problem, given(parsed)));
    return line;
  }

  private static String[] given(CommandLine.ParseResult parsed) {
    return parsed.originalArgs().toArray(new String[0]);
  }

  private static void configure(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.usageMessage().footerHeading("%nExamples:%n");
    spec.usageMessage().synopsisHeading("%nUsage: ");
    spec.usageMessage().commandListHeading("%nCommands:%n");
    String[] examples = spec.usageMessage().footer();
    for (int i = 0; i < examples.length; i++) {
      examples[i] = "  " + examples[i];
    }
    spec.usageMessage().footer(examples);
    if (!spec.optionsMap().containsKey("--help")) {
      spec.mixinStandardHelpOptions(true);
    }
    if (spec.version().length == 0) {
      spec.version("Govcloud 0.1.0");
    }
    if (spec.parent() == null) {
      spec.usageMessage().exitCodeListHeading("%nExit codes:%n");
      Map<String, String> codes = new LinkedHashMap<>();
      for (ExitCode code : ExitCode.values()) {
        codes.put(String.valueOf(code.number()), code.meaning());
      }
      spec.usageMessage().exitCodeList(codes);
    }
    line.getSubcommands().values().forEach(CommandRoot::configure);
  }

  private static int wrongUsage(Terminal terminal, ParameterException problem, String[] given) {
    StringBuilder detail = new StringBuilder(problem.getMessage());
    if (problem instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        detail.append("; did you mean ").append(String.join(" or ", suggestions)).append('?');
      }
    }
    output(terminal, given).problem(new CommandFailure(ExitCode.USAGE, "USAGE", detail.toString()));
    if (format(given) == Format.table) {
      String command = problem.getCommandLine().getCommandSpec().qualifiedName();
      terminal.say("Try `" + command + " --help`.");
    }
    return problem.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int failed(Terminal terminal, Exception problem, String[] given) {
    CommandFailure failure =
        problem instanceof CommandFailure known
            ? known
            : new CommandFailure(ExitCode.FAILED, "UNEXPECTED", String.valueOf(problem));
    output(terminal, given).problem(failure);
    if (failure != problem && terminal.variables().containsKey("GOVCLOUD_DEBUG")) {
      problem.printStackTrace(terminal.err());
    }
    return failure.exitCode().number();
  }

  private static Output output(Terminal terminal, String[] given) {
    return new Output(terminal, format(given), Json.mapper());
  }

  /** Errors honour {@code -o} even where the command line could not be parsed. */
  private static Format format(String[] given) {
    String all = " " + String.join(" ", given).replace('=', ' ') + " ";
    for (Format format : new Format[] {Format.jsonl, Format.json}) {
      if (all.contains(" -o " + format + " ")
          || all.contains(" -o" + format + " ")
          || all.contains(" --output " + format + " ")) {
        return format;
      }
    }
    return all.contains(" --json ") ? Format.json : Format.table;
  }

  /** The outside of this run. */
  public final Terminal terminal() {
    return terminal;
  }

  /** The clock of this run. */
  public final Clock clock() {
    return clock;
  }

  @Override
  public final Integer call() {
    spec.commandLine().usage(terminal.out());
    return ExitCode.USAGE.number();
  }
}
