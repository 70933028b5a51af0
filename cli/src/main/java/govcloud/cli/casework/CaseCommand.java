package govcloud.cli.casework;

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
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cases: listed, worked on, looked back at. */
@Command(
    name = "case",
    description = "Cases of an app.",
    footer = {
      "govcloud case list transport permits",
      "govcloud case act transport permits c-1 accept --as zhang-san:clerk"
    },
    subcommands = {
      CaseCommand.ListCases.class,
      CaseCommand.Show.class,
      CaseCommand.Create.class,
      CaseCommand.Act.class,
      CaseCommand.CommentOn.class,
      CaseCommand.Assign.class,
      MaterialCommands.Attach.class,
      MaterialCommands.Materials.class,
      MaterialCommands.Download.class,
      CaseCommand.History.class
    })
public final class CaseCommand extends Group {

  /** A command about the cases of one app. */
  abstract static class InApp extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "APP", description = "The app instance.")
    private String app;

    final String attachments() {
      return ApiRequest.path("v1", "tenants", tenant, "attachments");
    }

    final String cases() {
      return ApiRequest.path("v1", "tenants", tenant, "apps", app, "cases");
    }
  }

  /** Lists cases. */
  @Command(
      name = "list",
      description = "List cases of an app.",
      footer = {
        "govcloud case list transport permits --state accepted --sort due",
        "govcloud case list transport permits -o jsonl | wc -l"
      })
  public static final class ListCases extends InApp {
    @Option(names = "--state", paramLabel = "STATE", description = "Only cases in this state.")
    private String state;

    @Option(names = "--assignee", paramLabel = "PERSON", description = "Only this person's.")
    private String assignee;

    @Option(names = "--due-before", paramLabel = "TIME", description = "Only what is due before.")
    private String dueBefore;

    @Option(
        names = "--sort",
        paramLabel = "FIELD",
        description = "By due or by updated. Default: updated.")
    private String sort;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest list =
          ApiRequest.get(cases())
              .with("state", state)
              .with("assignee", assignee)
              .with("due_before", dueBefore)
              .with("sort", sort)
              .with("page_size", "1000");
      connection
          .output()
          .list(
              Pages.of(connection.api(), list),
              List.of(
                  Column.of("CASE", "case"),
                  Column.of("NUMBER", "number"),
                  Column.of("TITLE", "title"),
                  Column.of("APPLICANT", "applicant"),
                  Column.of("STATE", "state"),
                  Column.of("ASSIGNEE", "assignee"),
                  Column.time("DUE", "due_at"),
                  Column.of("COLOUR", "colour")));
      return ExitCode.OK;
    }
  }

  /** A command about one case. */
  abstract static class OneCase extends InApp {
    @Parameters(index = "2", paramLabel = "CASE", description = "The case.")
    private String theCase;

    final String path() {
      return cases() + ApiRequest.path(theCase);
    }

    final String id() {
      return theCase;
    }
  }

  /** Shows one case. */
  @Command(
      name = "show",
      description = "Show one case and what can be done with it now.",
      footer = {"govcloud case show transport permits c-1 --as zhang-san:clerk"})
  public static final class Show extends OneCase {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .one(
              connection.send(ApiRequest.get(path())).body(),
              List.of(
                  Column.of("case", "case"),
                  Column.of("number", "number"),
                  Column.of("title", "title"),
                  Column.of("applicant", "applicant.name"),
                  Column.of("state", "state"),
                  Column.local("", "state_title"),
                  Column.of("assignee", "assignee"),
                  Column.of("form", "form"),
                  new Column("clocks", Show::clocks),
                  new Column("materials", item -> String.valueOf(item.path("materials").size())),
                  Column.of("comments", "comments"),
                  Column.of("deviations", "deviations"),
                  new Column("allowed now", item -> texts(item.path("allowed_actions"))),
                  Column.of("version", "version"),
                  Column.time("updated", "updated_at")));
      return ExitCode.OK;
    }

    private static String clocks(JsonNode item) {
      List<String> clocks = new ArrayList<>();
      for (JsonNode clock : item.path("clocks")) {
        String due = clock.path("due_at").asText("");
        clocks.add(
            clock.path("clock").asText()
                + " "
                + clock.path("status").asText()
                + (due.isEmpty() ? "" : " until " + due)
                + " ("
                + clock.path("colour").asText()
                + ")");
      }
      return clocks.isEmpty() ? "-" : String.join("; ", clocks);
    }

    private static String texts(JsonNode items) {
      List<String> texts = new ArrayList<>();
      items.forEach(item -> texts.add(item.asText()));
      return texts.isEmpty() ? "-" : String.join(" ", texts);
    }
  }

  /** Begins a case. */
  @Command(
      name = "create",
      description = "Begin a case; without an identifier the cloud makes one.",
      footer = {
        "govcloud case create transport permits c-1 --title 道路运输经营许可 --applicant 王小明 \\",
        "    --form '{\"channel\":\"counter\"}' --as zhang-san:clerk",
        "govcloud case create transport permits --title Permit --applicant Wang --form @form.json"
      })
  public static final class Create extends InApp {
    @Parameters(index = "2", arity = "0..1", paramLabel = "CASE", description = "Its identifier.")
    private String theCase;

    @Option(names = "--title", required = true, paramLabel = "TEXT", description = "Its title.")
    private String title;

    @Option(
        names = "--applicant",
        required = true,
        paramLabel = "NAME",
        description = "Who applies.")
    private String applicant;

    @Option(
        names = "--applicant-kind",
        defaultValue = "person",
        paramLabel = "KIND",
        description = "Such as person, company or department. Default: person.")
    private String kind;

    @Mixin private FormOption form;
    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      ObjectNode body = connection.body().put("title", title);
      body.putObject("applicant").put("name", applicant).put("kind", kind);
      body.set("form", form.read(connection.json()).orElseGet(connection::body));
      return theCase == null
          ? change.make(connection, "POST", cases(), body)
          : change.make(connection, "PUT", cases() + ApiRequest.path(theCase), body);
    }
  }

  /** A change of one case. */
  abstract static class Step extends OneCase {
    @Mixin private ChangeOptions change;

    final ExitCode step(Connection connection, String target, ObjectNode body) {
      return change.make(connection, "POST", path() + target, body);
    }
  }

  /** Takes an action. */
  @Command(
      name = "act",
      description = "Do something with a case that its process allows.",
      footer = {
        "govcloud case act transport permits c-1 accept --as zhang-san:clerk",
        "govcloud case act transport permits c-1 decide --form @decision.json --comment 材料齐全"
      })
  public static final class Act extends Step {
    @Parameters(index = "3", paramLabel = "ACTION", description = "The action.")
    private String action;

    @Option(names = "--comment", paramLabel = "TEXT", description = "A comment with it.")
    private String comment;

    @Mixin private FormOption form;

    @Override
    protected ExitCode run(Connection connection) {
      ObjectNode body = connection.body();
      form.read(connection.json()).ifPresent(tree -> body.set("form", tree));
      if (comment != null) {
        body.put("comment", comment);
      }
      return step(connection, ApiRequest.path("actions", action), body);
    }
  }

  /** Writes a comment. */
  @Command(
      name = "comment",
      description = "Write a comment.",
      footer = {"govcloud case comment transport permits c-1 'called the applicant'"})
  public static final class CommentOn extends Step {
    @Parameters(index = "3", paramLabel = "TEXT", description = "The comment.")
    private String text;

    @Override
    protected ExitCode run(Connection connection) {
      return step(connection, "/comments", connection.body().put("text", text));
    }
  }

  /** Gives a case to a person. */
  @Command(
      name = "assign",
      description = "Give a case to a person.",
      footer = {"govcloud case assign transport permits c-1 zhang-san"})
  public static final class Assign extends Step {
    @Parameters(index = "3", paramLabel = "PERSON", description = "Who has it from now on.")
    private String assignee;

    @Override
    protected ExitCode run(Connection connection) {
      return step(connection, "/assignment", connection.body().put("assignee", assignee));
    }
  }

  /** Shows everything that happened to a case. */
  @Command(
      name = "history",
      description = "Show everything that happened to a case.",
      footer = {"govcloud case history transport permits c-1 -o jsonl"})
  public static final class History extends OneCase {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .list(
              Pages.of(
                  connection.api(), ApiRequest.get(path() + "/history").with("page_size", "1000")),
              List.of(
                  Column.of("#", "sequence"),
                  Column.time("HAPPENED", "occurred_at"),
                  Column.of("PERSON", "person"),
                  Column.of("ROLE", "role"),
                  Column.of("TYPE", "type"),
                  Column.of("ACTION", "action"),
                  Column.of("STATE", "state")));
      return ExitCode.OK;
    }
  }
}
