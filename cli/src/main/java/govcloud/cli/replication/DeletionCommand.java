package govcloud.cli.replication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.output.Column;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes old cuts, when two people agree. */
@Command(
    name = "deletion",
    description = "Delete cuts past their time-lock: one person asks, another one agrees.",
    footer = {
      "govcloud replication deletion request --last-cut 12",
      "govcloud replication deletion approve deletion-4be1",
      "govcloud replication deletion list"
    },
    subcommands = {
      DeletionCommand.Request.class,
      DeletionCommand.Approve.class,
      DeletionCommand.ListDeletions.class
    })
public final class DeletionCommand extends Group {
  private static final String KIND = "replication.delete-cuts";
  private static final List<Column> BEGUN = List.of(Column.of("operation", "operation"));

  private static ExitCode send(
      Connection connection, ChangeOptions change, String path, ObjectNode body) {
    var request = ApiRequest.change("POST", path, change.key(), body);
    connection.output().one(change.send(connection, request).body(), BEGUN);
    return ExitCode.OK;
  }

  /** Asks for a deletion. */
  @Command(
      name = "request",
      description = "Ask for the deletion of a cut and all before it.",
      footer = {"govcloud replication deletion request --last-cut 12"})
  public static final class Request extends ApiCommand {
    @Option(
        names = "--last-cut",
        required = true,
        paramLabel = "NUMBER",
        description = "The last one that goes.")
    private long last;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      String path = ApiRequest.path("v1", "replication", "deletions");
      return send(connection, change, path, connection.body().put("last_cut", last));
    }
  }

  /** Agrees to a deletion. */
  @Command(
      name = "approve",
      description = "Agree to a deletion that somebody else asked for.",
      footer = {"govcloud replication deletion approve deletion-4be1"})
  public static final class Approve extends ApiCommand {
    @Parameters(paramLabel = "OPERATION", description = "What the request was answered with.")
    private String operation;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      String path = ApiRequest.path("v1", "replication", "deletions", operation, "approve");
      return send(connection, change, path, connection.body());
    }
  }

  /** Lists deletions. */
  @Command(
      name = "list",
      description = "List deletions that were asked for.",
      footer = {"govcloud replication deletion list"})
  public static final class ListDeletions extends ApiCommand {
    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest all = ApiRequest.get("/v1/operations").with("page_size", "1000");
      Iterable<JsonNode> operations = Pages.of(connection.api(), all);
      connection
          .output()
          .list(
              StreamSupport.stream(operations.spliterator(), false)
                  .filter(one -> one.path("kind").asText().equals(KIND))
                  .toList(),
              List.of(
                  Column.of("OPERATION", "operation"),
                  Column.of("CUTS UP TO", "subject"),
                  Column.of("STATUS", "status"),
                  Column.time("DEADLINE", "deadline"),
                  Column.of("RESULT", "result"),
                  Column.of("REASON", "reason")));
      return ExitCode.OK;
    }
  }
}
