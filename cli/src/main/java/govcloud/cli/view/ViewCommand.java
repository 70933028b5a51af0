package govcloud.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.command.Waiting;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists that are derived from the log. */
@Command(
    name = "view",
    description = "Lists that are derived from the log.",
    footer = {"govcloud view list", "govcloud view replay cases"},
    subcommands = {
      ViewCommand.ListViews.class,
      ViewCommand.Parked.class,
      ViewCommand.Replay.class,
      ViewCommand.Rebuild.class
    })
public final class ViewCommand extends Group {

  /** Lists views. */
  @Command(
      name = "list",
      description = "List views, how far they are behind and what they have set aside.",
      footer = {"govcloud view list"})
  public static final class ListViews extends ApiCommand {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .list(
              connection.get("v1", "views").path("items"),
              List.of(
                  Column.of("VIEW", "view"),
                  Column.of("GENERATION", "generation"),
                  Column.of("LAG", "lag"),
                  Column.of("RECORDS", "records"),
                  Column.of("PARKED", "parked"),
                  Column.of("WAITING", "waiting")));
      return ExitCode.OK;
    }
  }

  /** A command about one view. */
  abstract static class One extends ApiCommand {
    @Parameters(paramLabel = "VIEW", description = "The view, such as cases.")
    private String view;

    final String path(String more) {
      return ApiRequest.path("v1", "views", view, more);
    }
  }

  /** Lists what a view has set aside. */
  @Command(
      name = "parked",
      description = "List the entities that a view goes on without, and why.",
      footer = {"govcloud view parked cases"})
  public static final class Parked extends One {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .list(
              connection.send(ApiRequest.get(path("parked"))).body().path("items"),
              List.of(
                  Column.of("ENTITY", "entity"),
                  Column.of("RECORD", "sequence"),
                  Column.of("WAITING", "waiting"),
                  Column.time("SINCE", "since"),
                  Column.of("REASON", "reason")));
      return ExitCode.OK;
    }
  }

  /** Takes in again what a view has set aside. */
  @Command(
      name = "replay",
      description = "Take in what a view has set aside, once the program is right; waits for it.",
      footer = {
        "govcloud view replay cases",
        "govcloud view replay cases --entity case/transport/permits/c-1"
      })
  public static final class Replay extends One {
    @Option(names = "--entity", paramLabel = "ID", description = "Only this entity.")
    private String entity;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      ObjectNode body = connection.body();
      if (entity != null) {
        body.put("entity", entity);
      }
      JsonNode answer =
          change
              .send(connection, ApiRequest.change("POST", path("replay"), change.key(), body))
              .body();
      connection
          .output()
          .one(answer, List.of(Column.of("view", "view"), Column.of("operations", "operations")));
      ExitCode worst = ExitCode.OK;
      for (JsonNode operation : answer.path("operations")) {
        ExitCode ended = Waiting.until(connection, operation.asText(), options().timeout());
        worst = ended == ExitCode.OK ? worst : ended;
      }
      return worst;
    }
  }

  /** Builds a view again. */
  @Command(
      name = "rebuild",
      description = "Build a view again beside itself and serve it when it has caught up.",
      footer = {"govcloud view rebuild cases", "govcloud view rebuild cases --no-wait"})
  public static final class Rebuild extends One {
    @Option(names = "--no-wait", description = "Do not wait; follow it with `operation show`.")
    private boolean noWait;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      JsonNode answer =
          change
              .send(
                  connection,
                  ApiRequest.change("POST", path("rebuild"), change.key(), connection.body()))
              .body();
      connection
          .output()
          .one(answer, List.of(Column.of("view", "view"), Column.of("operations", "operations")));
      String operation = answer.path("operations").path(0).asText("");
      return noWait || operation.isEmpty()
          ? ExitCode.OK
          : Waiting.withBar(connection, operation, options().timeout(), "Rebuilding");
    }
  }
}
