package govcloud.cli.xes;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.app.Catalogue;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.output.Format;
import govcloud.cli.output.ProgressBar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings data of other systems in. */
@Command(
    name = "import",
    description = "Bring in what other systems recorded.",
    footer = {"govcloud import xes log.xes.gz --tenant planning --app permits"},
    subcommands = {ImportCommand.Xes.class})
public final class ImportCommand extends Group {

  /** Imports an event log, one case for each trace. */
  @Command(
      name = "xes",
      description = {
        "Import an event log in IEEE XES, plain or gzip, of any size: one case for each trace.",
        "It can be run again, also after an interruption: what is there already stays as it is."
      },
      footer = {
        "govcloud import xes log.xes.gz --tenant planning --app permits",
        "govcloud import xes log.xes --tenant planning --app permits --parallel 32 -o json"
      })
  public static final class Xes extends ApiCommand {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Parameters(paramLabel = "FILE", description = "The log.")
    private Path file;

    @Option(
        names = "--tenant",
        required = true,
        paramLabel = "TENANT",
        description = "Into this department.")
    private String tenant;

    @Option(
        names = "--app",
        required = true,
        paramLabel = "APP",
        description = "Into this app instance.")
    private String app;

    @Option(
        names = "--parallel",
        defaultValue = "16",
        paramLabel = "N",
        description = "Traces at the same time. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(
        names = "--log-id",
        paramLabel = "NAME",
        description = "Identity of the log. Default: its name, or the file's.")
    private String logId;

    @Override
    protected ExitCode run(Connection connection) {
      if (parallel < 1 || parallel > 256) {
        throw new CommandFailure(
            ExitCode.USAGE, "USAGE", "--parallel: " + parallel + " (expected: 1 to 256)");
      }
      CaseMapping mapping =
          new CaseMapping(connection.json(), AppProcess.of(Catalogue.of(connection, tenant, app)));
      ImportTally tally = new ImportTally();
      AtomicLong bytes = new AtomicLong();
      try (TraceReader reader =
              new TraceReader(
                  new CountedInput(Files.newInputStream(file), bytes), XesLimits.standard());
          ProgressBar bar =
              new ProgressBar(connection.terminal(), connection.clock(), "Importing", "events")) {
        String log = logId != null ? logId : reader.header().name().orElse(fileName());
        ApiTarget target = new ApiTarget(connection.api().within(PATIENCE), tenant, app);
        TraceImport traces = new TraceImport(target, log, mapping, tally);
        long size = Math.max(1, Files.size(file));
        new ParallelImport(reader, traces, parallel)
            .run(() -> bar.update(0.99 * bytes.get() / size, tally.events(), tally.note()));
        bar.update(1, tally.events(), tally.note());
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "FILE_UNREADABLE",
            "Cannot read " + file + " (" + e.getMessage() + ").");
      } catch (XesException e) {
        throw located(e);
      }
      return show(connection, tally);
    }

    private String fileName() {
      return String.valueOf(file.getFileName());
    }

    private CommandFailure located(XesException problem) {
      CommandFailure failure =
          new CommandFailure(
              ExitCode.FAILED, problem.code().name(), file + ": " + problem.getMessage());
      failure.problem().put("file", file.toString());
      failure.problem().put("line", problem.line()).put("column", problem.column());
      return failure;
    }

    private static ExitCode show(Connection connection, ImportTally tally) {
      if (connection.output().format() == Format.table) {
        new ImportSummary(connection.terminal()).show(tally);
      } else {
        connection.output().one(tally.json(connection.json()), java.util.List.of());
      }
      return tally.failures() > 0 ? ExitCode.PARTIAL : ExitCode.OK;
    }
  }
}
