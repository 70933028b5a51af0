package govcloud.cli.demo;

import govcloud.cli.ExitCode;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.output.ProgressBar;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Loads the demo data into a cloud that was started without it. */
@Command(
    name = "demo",
    description = "Load synthetic departments, apps and cases; loading them again changes nothing.",
    footer = {"govcloud demo", "govcloud demo exchange"},
    subcommands = ExchangeDemoCommand.class)
public final class DemoCommand extends ApiCommand {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Mixin private DemoSize size;

  @Override
  protected ExitCode run(Connection connection) {
    size.check();
    try (ProgressBar bar =
        new ProgressBar(connection.terminal(), connection.clock(), "Demo data", "requests")) {
      new DemoLoader(connection.api().within(PATIENCE), connection.json(), connection.clock())
          .load(bar, size);
    }
    return ExitCode.OK;
  }
}
