package govcloud.cli.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
      "have handed over, or what is on its way to those that are reached by files. Clouds become",
      "known by `keys trust` and govcloud.exchange.clouds.known."
    },
    footer = {
      "govcloud exchange clouds",
      "govcloud exchange clouds --agreements",
      "govcloud exchange clouds --bundles"
    })
final class CloudsCommand extends ApiCommand {
  private static final List<Column> CLOUDS =
      List.of(
          Column.of("CLOUD", "cloud"),
          Column.of("FINGERPRINT", "fingerprint"),
          Column.of("ADDRESSES", "addresses"),
          Column.of("DEPARTMENTS", "departments"));
  private static final List<Column> AGREEMENTS =
      List.of(
          Column.of("CONSUMER", "consumer"),
          Column.of("AGREEMENT", "agreement"),
          Column.of("PROVIDER", "provider"),
          Column.of("RESOURCE", "resource"),
          Column.time("UNTIL", "valid_until"),
          Column.of("ADDRESS", "address"));
  private static final List<Column> BUNDLES =
      List.of(
          Column.of("CLOUD", "cloud"),
          Column.of("WAITING", "waiting"),
          Column.of("SENT", "sent"),
          Column.of("UNACKNOWLEDGED", "unacknowledged"),
          Column.time("SINCE", "unacknowledged_since"),
          Column.of("TAKEN", "taken"),
          Column.of("MISSING", "missing"),
          Column.of("REFUSED", "refused"),
          Column.time("HEARD", "heard"),
          Column.of("LATE", "late"));

  @Option(names = "--agreements", description = "The agreements instead of the clouds.")
  private boolean agreements;

  @Option(names = "--bundles", description = "What is on its way by files instead of the clouds.")
  private boolean bundles;

  @Override
  protected ExitCode run(Connection connection) {
    JsonNode answer = connection.send(ApiRequest.get("/v1/exchange/clouds")).body();
    if (bundles) {
      connection.output().list(reached(answer.path("known")), BUNDLES);
    } else if (agreements) {
      connection.output().list(answer.path("agreements"), AGREEMENTS);
    } else {
      connection.output().list(answer.path("known"), CLOUDS);
    }
    answer.path("defects").forEach(defect -> connection.terminal().say(defect.asText()));
    return ExitCode.OK;
  }

  private static ArrayNode reached(JsonNode known) {
    ArrayNode reached = JsonNodeFactory.instance.arrayNode();
    for (JsonNode cloud : known) {
      if (cloud.has("bundles")) {
        reached.add(cloud.path("bundles"));
      }
    }
    return reached;
  }
}
