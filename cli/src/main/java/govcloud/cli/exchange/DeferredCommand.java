package govcloud.cli.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Queries whose provider was away. */
@Command(
    name = "deferred",
    description = "One's own queries whose provider was away, and what became of them.",
    footer = {
      "govcloud exchange deferred list roads",
      "govcloud exchange deferred show roads 0123456789abcdef0123456789abcdef"
    },
    subcommands = {DeferredCommand.ListDeferred.class, DeferredCommand.Show.class})
final class DeferredCommand extends Group {

  static final List<Column> COLUMNS =
      List.of(
          Column.of("ID", "id"),
          Column.of("CONSUMER", "consumer"),
          Column.of("AGREEMENT", "agreement"),
          Column.of("STATE", "state"),
          Column.time("ACCEPTED", "accepted_at"),
          Column.time("UNTIL", "until"),
          Column.of("ATTEMPTS", "attempts"),
          Column.time("NEXT", "next_at"),
          Column.of("WHY NOT", "code"));

  /** Lists them. */
  @Command(
      name = "list",
      description = "List one's own queries whose provider was away, without what was answered.",
      footer = {"govcloud exchange deferred list roads"})
  static final class ListDeferred extends ApiCommand {
    @Parameters(paramLabel = "TENANT", description = "The department that asks.")
    private String tenant;

    @Override
    protected ExitCode run(Connection connection) {
      JsonNode all = connection.get("v1", "tenants", tenant, "exchange", "deferred");
      connection.output().list(all.path("items"), COLUMNS);
      return ExitCode.OK;
    }
  }

  /** Shows one. */
  @Command(
      name = "show",
      description = "Show what became of one of them: the answer, once the provider has given it.",
      footer = {"govcloud exchange deferred show roads 0123456789abcdef0123456789abcdef"})
  static final class Show extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department that asks.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "ID", description = "Of the query.")
    private String id;

    @Override
    protected ExitCode run(Connection connection) {
      JsonNode found = connection.get("v1", "tenants", tenant, "exchange", "deferred", id);
      if (found.has("answer")) {
        return ExchangeCommand.Ask.show(connection, found.path("answer"));
      }
      connection.output().one(found, COLUMNS);
      if (found.has("refusal")) {
        connection.terminal().say(found.at("/refusal/explanation/en").asText());
      }
      return ExitCode.OK;
    }
  }
}
