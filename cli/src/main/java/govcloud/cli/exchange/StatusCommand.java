package govcloud.cli.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;

/** Shows how far the ledger is signed and cosigned. */
@Command(
    name = "status",
    description = {
      "Show how far the ledger is signed, and how far the sibling has cosigned it.",
      "in_step: all of it; unwitnessed: the newest entries have waited for too long; stopped: it is"
          + " not the history that was signed before."
    },
    footer = {"govcloud exchange status", "govcloud exchange status -o json"})
final class StatusCommand extends ApiCommand {
  @Override
  protected ExitCode run(Connection connection) {
    JsonNode status = connection.send(ApiRequest.get("/v1/ledger/status")).body();
    connection
        .output()
        .one(
            status,
            List.of(
                Column.of("STATE", "state"),
                Column.of("ENTRIES", "size"),
                Column.of("COSIGNED", "cosigned"),
                Column.time("COSIGNED AT", "cosigned_at"),
                Column.time("WITNESS HEARD", "witness_heard_at"),
                Column.of("SECONDS BEHIND", "behind_seconds"),
                Column.of("THIRD WITNESS", "third_witness.cosigned"),
                Column.of("ITS PROBLEM", "third_witness.problem"),
                Column.of("PROBLEM", "problem")));
    return ExitCode.OK;
  }
}
