package govcloud.cli.exchange;

import govcloud.cli.ExitCode;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import picocli.CommandLine.Command;

/** Queries that nobody answered. */
@Command(
    name = "undelivered",
    description = "List queries of the cloud whose provider did not answer in time, for operators.",
    footer = {"govcloud exchange undelivered", "govcloud exchange undelivered -o json"})
final class UndeliveredCommand extends ApiCommand {
  @Override
  protected ExitCode run(Connection connection) {
    connection
        .output()
        .list(
            connection.get("v1", "exchange", "undelivered").path("items"), DeferredCommand.COLUMNS);
    return ExitCode.OK;
  }
}
