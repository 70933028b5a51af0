package govcloud.cli;

import govcloud.cli.app.AppCommand;
import govcloud.cli.app.CatalogueCommand;
import govcloud.cli.casework.CaseCommand;
import govcloud.cli.command.CompletionCommand;
import govcloud.cli.command.Json;
import govcloud.cli.demo.DemoCommand;
import govcloud.cli.event.EventsCommand;
import govcloud.cli.keys.KeysCommand;
import govcloud.cli.local.DownCommand;
import govcloud.cli.local.NodeCommand;
import govcloud.cli.local.StatusCommand;
import govcloud.cli.local.UpCommand;
import govcloud.cli.operation.OperationCommand;
import govcloud.cli.output.Format;
import govcloud.cli.output.Output;
import govcloud.cli.output.Terminal;
import govcloud.cli.replication.ReplicationCommand;
import govcloud.cli.tenant.TenantCommand;
import govcloud.cli.view.ViewCommand;
import govcloud.cli.xes.ExportCommand;
import govcloud.cli.xes.ImportCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of all commands. */
@Command(
    name = "govcloud",
    version = "Govcloud 0.1.0",
    description = "A government cloud: departments rent apps and work cases in them.",
    footer = {
      "govcloud up",
      "govcloud status",
      "govcloud tenant list",
      "govcloud import xes log.xes.gz --tenant planning --app permits",
      "govcloud down"
    },
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      NodeCommand.class,
      TenantCommand.class,
      AppCommand.class,
      CatalogueCommand.class,
      CaseCommand.class,
      OperationCommand.class,
      ViewCommand.class,
      EventsCommand.class,
      KeysCommand.class,
      ReplicationCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      DemoCommand.class,
      CompletionCommand.class
    })
public final class Govcloud implements Callable<Integer> {
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

  private Govcloud(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Runs one command line and gives its exit code. */
  public static int run(Terminal terminal, Clock clock, String... arguments) {
    return commandLine(terminal, clock).execute(arguments);
  }

  /** The parser with all commands. */
  public static CommandLine commandLine(Terminal terminal, Clock clock) {
    CommandLine line = new CommandLine(new Govcloud(terminal, clock));
    configure(line, terminal);
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

  private static void configure(CommandLine line, Terminal terminal) {
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
    line.getSubcommands().values().forEach(sub -> configure(sub, terminal));
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
    return ExitCode.USAGE.number();
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
    return Format.table;
  }

  /** The outside of this run. */
  public Terminal terminal() {
    return terminal;
  }

  /** The clock of this run. */
  public Clock clock() {
    return clock;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(terminal.out());
    return ExitCode.USAGE.number();
  }
}
