package govcloud.cli.replication;

import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Waiting;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends the sibling again what it has lost. */
@Command(
    name = "refill",
    description = {
      "Send the sibling again what it signed for and has lost, from this cloud's own archive, and",
      "wait until it has it. Ask its officers what happened before: it contradicts its own receipts."
    },
    footer = {
      "govcloud replication refill --timeout 86400",
      "govcloud replication refill --no-wait"
    })
public final class RefillCommand extends ApiCommand {

  @Option(names = "--no-wait", description = "Do not wait; follow it with `operation wait`.")
  private boolean noWait;

  @Mixin private ChangeOptions change;

  @Override
  protected ExitCode run(Connection connection) {
    var path = ApiRequest.path("v1", "replication", "refill");
    var begun =
        change
            .send(connection, ApiRequest.change("POST", path, change.key(), connection.body()))
            .body();
    if (noWait || change.isDryRun()) {
      connection.output().one(begun, List.of(Column.of("operation", "operation")));
      return ExitCode.OK;
    }
    return Waiting.withBar(
        connection, begun.path("operation").asText(), options().timeout(), "Refilling");
  }
}
