package govcloud.cli.xes;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.Govcloud;
import govcloud.cli.app.Catalogue;
import govcloud.cli.command.Connection;
import govcloud.cli.command.ConnectionOptions;
import govcloud.cli.command.Group;
import govcloud.cli.output.Format;
import govcloud.cli.output.ProgressBar;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives data out for other systems. */
@Command(
    name = "export",
    description = "Give out what was recorded, for other systems.",
    footer = {"govcloud export xes --tenant planning --app permits -o log.xes.gz"},
    subcommands = {ExportCommand.Xes.class})
public final class ExportCommand extends Group {

  /** Exports the cases of an app as an event log. */
  @Command(
      name = "xes",
      description = "Write the cases of an app as an event log in IEEE XES.",
      footer = {
        "govcloud export xes --tenant planning --app permits -o log.xes.gz",
        "govcloud export xes --tenant planning --app permits > log.xes"
      })
  public static final class Xes implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ConnectionOptions options;

    @Option(
        names = "--tenant",
        required = true,
        paramLabel = "TENANT",
        description = "Of this department.")
    private String tenant;

    @Option(
        names = "--app",
        required = true,
        paramLabel = "APP",
        description = "Of this app instance.")
    private String app;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "Where to; gzip when it ends with .gz. Default: standard output.")
    private Path file;

    @Option(
        names = "--parallel",
        defaultValue = "16",
        paramLabel = "N",
        description = "Cases at the same time. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Override
    public Integer call() {
      Govcloud root = (Govcloud) spec.root().userObject();
      Connection connection = options.open(root.terminal(), root.clock(), Format.table);
      CaseMapping mapping =
          new CaseMapping(connection.json(), AppProcess.of(Catalogue.of(connection, tenant, app)));
      ApiTarget target = new ApiTarget(connection.api(), tenant, app);
      LogExport export = new LogExport(target, mapping, parallel);
      try (ProgressBar bar =
          new ProgressBar(connection.terminal(), connection.clock(), "Exporting", "cases")) {
        export.run(file == null ? Path.of("export") : file, open(connection), bar);
      } catch (IOException | UncheckedIOException e) {
        throw new CommandFailure(
            ExitCode.FAILED, "FILE_NOT_WRITTEN", "Cannot write the log (" + e.getMessage() + ").");
      }
      connection
          .terminal()
          .say(
              String.format(
                  Locale.ROOT,
                  "Done. %,d events of %,d cases%s.",
                  export.events(),
                  export.cases(),
                  file == null ? "" : " in " + file));
      return ExitCode.OK.number();
    }

    private OutputStream open(Connection connection) throws IOException {
      return file == null ? connection.terminal().out() : Files.newOutputStream(file);
    }
  }
}
