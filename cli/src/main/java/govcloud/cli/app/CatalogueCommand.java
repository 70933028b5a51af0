package govcloud.cli.app;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The apps on offer. */
@Command(
    name = "catalogue",
    description = "Apps that can be rented.",
    footer = {"govcloud catalogue list", "govcloud catalogue show administrative-approval"},
    subcommands = {CatalogueCommand.ListDefinitions.class, CatalogueCommand.Show.class})
public final class CatalogueCommand extends Group {

  /** Lists the catalogue. */
  @Command(
      name = "list",
      description = "List every version of every app on offer.",
      footer = {"govcloud catalogue list", "govcloud catalogue list -o jsonl"})
  public static final class ListDefinitions extends ApiCommand {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .list(
              connection.get("v1", "catalogue").path("items"),
              List.of(
                  Column.of("DEFINITION", "definition"),
                  Column.of("VERSION", "version"),
                  Column.of("NEWEST", "newest"),
                  Column.local("TITLE", "title")));
      return ExitCode.OK;
    }
  }

  /** Shows one definition. */
  @Command(
      name = "show",
      description = "Show an app: its states, actions and who may take them.",
      footer = {
        "govcloud catalogue show administrative-approval",
        "govcloud catalogue show administrative-approval 1 -o json"
      })
  public static final class Show extends ApiCommand {
    @Parameters(index = "0", paramLabel = "DEFINITION", description = "The app's name.")
    private String definition;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "VERSION",
        description = "Default: the newest.")
    private Integer version;

    @Override
    protected ExitCode run(Connection connection) {
      int wanted = version != null ? version : Catalogue.newest(connection, definition);
      JsonNode found = connection.get("v1", "catalogue", definition, String.valueOf(wanted));
      if (connection.output().format() != Format.table) {
        connection.output().one(found, List.of());
        return ExitCode.OK;
      }
      connection
          .output()
          .one(
              found,
              List.of(
                  Column.of("definition", "definition"),
                  Column.of("version", "version"),
                  Column.local("title", "title"),
                  Column.of("start state", "start_state"),
                  Column.of("numbering", "numbering"),
                  new Column("states", item -> names(item.path("states"), "state")),
                  new Column("clocks", item -> names(item.path("clocks"), "clock"))));
      connection.terminal().out().println();
      connection
          .output()
          .list(
              found.path("actions"),
              List.of(
                  Column.of("ACTION", "action"),
                  Column.local("TITLE", "title"),
                  new Column("FROM", item -> texts(item.path("from"))),
                  Column.of("TO", "to"),
                  new Column("ROLES", item -> texts(item.path("roles")))));
      return ExitCode.OK;
    }

    private static String names(JsonNode items, String member) {
      List<String> names = new ArrayList<>();
      items.forEach(item -> names.add(item.path(member).asText()));
      return String.join(" ", names);
    }

    private static String texts(JsonNode items) {
      List<String> texts = new ArrayList<>();
      items.forEach(item -> texts.add(item.asText()));
      return texts.isEmpty() ? "(any)" : String.join(" ", texts);
    }
  }
}
