package govcloud.cli.replication;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.approval.ApprovalCommand;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.output.Column;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes old cuts, when two people agree. */
@Command(
    name = "deletion",
    description = "Delete cuts past their time-lock: one person asks, two sign.",
    footer = {
      "govcloud replication deletion request --last-cut 12",
      "govcloud approval show deletion-4be1",
      "govcloud replication deletion list"
    },
    subcommands = {DeletionCommand.Request.class, DeletionCommand.ListDeletions.class})
public final class DeletionCommand extends Group {
  private static final Set<String> KINDS =
      Set.of("replication.delete-cuts", "replication.delete-received-cuts");

  /** Asks for a deletion. */
  @Command(
      name = "request",
      description = {
        "Ask for the deletion of a cut and all before it.",
        "Two people then sign it on the page that is shown, each with a passkey."
      },
      footer = {
        "govcloud replication deletion request --last-cut 12",
        "govcloud replication deletion request --last-cut 12 --received"
      })
  public static final class Request extends ApiCommand {
    @Option(
        names = "--last-cut",
        required = true,
        paramLabel = "NUMBER",
        description = "The last one that goes.")
    private long last;

    @Option(
        names = "--received",
        description = "Of the cuts that the sibling sent, after it has deleted its own.")
    private boolean received;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      String path = ApiRequest.path("v1", "replication", "deletions");
      var body = connection.body().put("last_cut", last);
      if (received) {
        body.put("received", true);
      }
      return ApprovalCommand.ask(connection, change, "POST", path, body);
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
                  .filter(one -> KINDS.contains(one.path("kind").asText()))
                  .toList(),
              List.of(
                  Column.of("OPERATION", "operation"),
                  Column.of("KIND", "kind"),
                  Column.of("CUTS UP TO", "subject"),
                  Column.of("STATUS", "status"),
                  Column.time("DEADLINE", "deadline"),
                  Column.of("RESULT", "result"),
                  Column.of("REASON", "reason")));
      return ExitCode.OK;
    }
  }
}
