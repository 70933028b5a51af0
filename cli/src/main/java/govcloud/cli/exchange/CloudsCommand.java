package govcloud.cli.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists other clouds. */
@Command(
    name = "clouds",
    description = {
      "List the other clouds with which data are exchanged, or the agreements that they",
      "have handed over. Clouds become known by `keys trust` and govcloud.exchange.clouds.known."
    },
    footer = {"govcloud exchange clouds", "govcloud exchange clouds --agreements"})
final class CloudsCommand extends ApiCommand {
  @Option(names = "--agreements", description = "The agreements instead of the clouds.")
  private boolean agreements;

  @Override
  protected ExitCode run(Connection connection) {
    JsonNode answer = connection.send(ApiRequest.get("/v1/exchange/clouds")).body();
    if (agreements) {
      connection
          .output()
          .list(
              answer.path("agreements"),
              List.of(
                  Column.of("CONSUMER", "consumer"),
                  Column.of("AGREEMENT", "agreement"),
                  Column.of("PROVIDER", "provider"),
                  Column.of("RESOURCE", "resource"),
                  Column.time("UNTIL", "valid_until"),
                  Column.of("ADDRESS", "address")));
    } else {
      connection
          .output()
          .list(
              answer.path("known"),
              List.of(
                  Column.of("CLOUD", "cloud"),
                  Column.of("FINGERPRINT", "fingerprint"),
                  Column.of("ADDRESSES", "addresses"),
                  Column.of("DEPARTMENTS", "departments")));
    }
    answer.path("defects").forEach(defect -> connection.terminal().say(defect.asText()));
    return ExitCode.OK;
  }
}
