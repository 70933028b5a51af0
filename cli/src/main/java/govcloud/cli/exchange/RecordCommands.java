package govcloud.cli.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.FileTransfer;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What checks one recorded exchange without the cloud. */
final class RecordCommands {

  private RecordCommands() {}

  private static ExitCode fetch(Connection connection, String path, ObjectNode body, Path to) {
    FileTransfer.fetch(
        connection.api(), ApiRequest.post(path, body), to, (share, bytes, note) -> {});
    connection.terminal().say("Done. " + to);
    return ExitCode.OK;
  }

  /** Fetches what a verdict follows from. */
  @Command(
      name = "material",
      description = {
        "Fetch what the verdict of an exchange follows from, for `ledger replay`.",
        "For audit administrators; that it was fetched is written down."
      },
      footer = {
        "govcloud exchange material transport 0f0e0d0c0b0a09080706050403020100 --to 17.json",
        "govcloud exchange material transport 0f0e0d0c0b0a09080706050403020100 \\",
        "    --open subject --open clerk --to 17.json"
      })
  static final class MaterialOf extends ApiCommand {
    @Parameters(index = "0", paramLabel = "OFFICE", description = "The department that asked.")
    private String office;

    @Parameters(index = "1", paramLabel = "EXCHANGE", description = "Id of the exchange.")
    private String exchange;

    @Option(
        names = "--open",
        paramLabel = "FIELD",
        description = "Also what opens this: subject, clerk or case; repeatable.")
    private List<String> open = new ArrayList<>();

    @Option(
        names = "--to",
        paramLabel = "FILE",
        required = true,
        description = "Where it is written; not there yet.")
    private Path to;

    @Override
    protected ExitCode run(Connection connection) {
      ObjectNode body = connection.body();
      open.forEach(body.putArray("open")::add);
      String path = ApiRequest.path("v1", "exchange", "records", office, exchange, "material");
      return fetch(connection, path, body, to);
    }
  }

  /** Fetches what opens a field. */
  @Command(
      name = "opening",
      description = {
        "Fetch what opens a single disputed field of an exchange, for `ledger verify --opening`.",
        "Values are kept nowhere: say what they were, and get the opening if they were so.",
        "For audit administrators, and with --tenant for officers of either party."
      },
      footer = {
        "govcloud exchange opening transport 0f0e0d0c0b0a09080706050403020100 plate \\",
        "    --values '[\"A12345\"]' --to plate.txt",
        "govcloud exchange opening transport 0f0e0d0c0b0a09080706050403020100 plate \\",
        "    --values '[\"A12345\"]' --tenant police --to plate.txt"
      })
  static final class OpeningOf extends ApiCommand {
    @Parameters(index = "0", paramLabel = "OFFICE", description = "The department that asked.")
    private String office;

    @Parameters(index = "1", paramLabel = "EXCHANGE", description = "Id of the exchange.")
    private String exchange;

    @Parameters(index = "2", paramLabel = "FIELD", description = "Its name in the answer.")
    private String field;

    @Option(
        names = "--values",
        paramLabel = "JSON",
        required = true,
        description = "A list of what left, one for each record, null where one had none.")
    private String values;

    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        description = "The own department, which asked or answered.")
    private String tenant;

    @Option(
        names = "--to",
        paramLabel = "FILE",
        required = true,
        description = "Where it is written; not there yet.")
    private Path to;

    @Override
    protected ExitCode run(Connection connection) {
      ObjectNode body = connection.body().put("field", field);
      body.set("values", list());
      String path =
          tenant == null
              ? ApiRequest.path("v1", "exchange", "records", office, exchange, "opening")
              : ApiRequest.path(
                  "v1", "tenants", tenant, "exchange-records", office, exchange, "opening");
      return fetch(connection, path, body, to);
    }

    private JsonNode list() {
      try {
        JsonNode json = Json.mapper().readTree(values);
        if (json != null && json.isArray()) {
          return json;
        }
      } catch (JsonProcessingException e) {
        // said below: whatever is no list is refused alike
      }
      throw new CommandFailure(
          ExitCode.USAGE, "VALUES_MALFORMED", "--values: no list in JSON (expected: [\"...\"]).");
    }
  }
}
