package govcloud.cli.sharing;

import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.FileTransfer;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fetches an agreement for the cloud of its consumer. */
@Command(
    name = "hand-over",
    description = {
      "Fetch an agreement as this cloud signs it for the cloud of the consumer.",
      "That cloud's operator puts it into <department>/<agreement>.json of its folder of",
      "agreements of other clouds."
    },
    footer = {
      "govcloud agreement hand-over police mountain-transport/violations --to violations.json"
    })
final class HandOverCommand extends ApiCommand {
  @Mixin private PartyArguments party;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "Where it is written; not there yet.")
  private Path to;

  @Override
  protected ExitCode run(Connection connection) {
    FileTransfer.fetch(
        connection.api(),
        ApiRequest.get(party.path() + "/document"),
        to,
        (share, bytes, note) -> {});
    connection.terminal().say("Done. " + to);
    return ExitCode.OK;
  }
}
