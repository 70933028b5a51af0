package govcloud.cli.exchange;

import govcloud.cli.ExitCode;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import picocli.CommandLine.Command;

/** Changes that nobody fetched. */
@Command(
    name = "unfetched",
    description = "List subscriptions whose changes nobody fetches, for operators.",
    footer = {"govcloud exchange unfetched", "govcloud exchange unfetched -o json"})
final class UnfetchedCommand extends ApiCommand {
  @Override
  protected ExitCode run(Connection connection) {
    connection
        .output()
        .list(
            connection.get("v1", "exchange", "unfetched").path("items"),
            SubscriptionCommand.COLUMNS);
    return ExitCode.OK;
  }
}
