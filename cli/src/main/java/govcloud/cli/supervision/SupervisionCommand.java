package govcloud.cli.supervision;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.output.Column;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** What audit administrators see of what departments share. */
@Command(
    name = "supervision",
    description = "What departments share, for audit administrators.",
    footer = {
      "govcloud supervision matrix",
      "govcloud supervision refusals",
      "govcloud supervision unanswered",
      "govcloud supervision emergencies",
      "govcloud supervision unusual"
    },
    subcommands = {
      SupervisionCommand.Matrix.class,
      SupervisionCommand.Refusals.class,
      SupervisionCommand.Unanswered.class,
      SupervisionCommand.Emergencies.class,
      SupervisionCommand.Deferrals.class,
      SupervisionCommand.Unusual.class
    })
public final class SupervisionCommand extends Group {

  /** A part of the report. */
  abstract static class Part extends ApiCommand {

    static JsonNode report(Connection connection) {
      return connection.get("v1", "supervision");
    }

    static ExitCode show(Connection connection, Iterable<JsonNode> items, List<Column> columns) {
      connection.output().list(items, columns);
      return ExitCode.OK;
    }
  }

  /** Who shares what with whom. */
  @Command(
      name = "matrix",
      description = "List who asks whom for what, how often it was given and how often refused.",
      footer = {"govcloud supervision matrix", "govcloud supervision matrix -o json"})
  public static final class Matrix extends Part {
    @Override
    protected ExitCode run(Connection connection) {
      return show(
          connection,
          report(connection).path("crossings"),
          List.of(
              Column.of("ASKS", "consumer"),
              Column.of("GIVES", "provider"),
              Column.of("RESOURCE", "resource"),
              Column.of("GIVEN", "permitted"),
              Column.of("REFUSED", "refused")));
    }
  }

  /** Refusals by code. */
  @Command(
      name = "refusals",
      description = "List refusals by department, resource and code.",
      footer = {"govcloud supervision refusals"})
  public static final class Refusals extends Part {
    @Override
    protected ExitCode run(Connection connection) {
      List<JsonNode> rows = new ArrayList<>();
      for (JsonNode crossing : report(connection).path("crossings")) {
        crossing
            .path("refusals")
            .properties()
            .forEach(
                code ->
                    rows.add(
                        connection
                            .body()
                            .put("consumer", crossing.path("consumer").asText())
                            .put("provider", crossing.path("provider").asText())
                            .put("resource", crossing.path("resource").asText())
                            .put("code", code.getKey())
                            .put("count", code.getValue().asLong())));
      }
      return show(
          connection,
          rows,
          List.of(
              Column.of("ASKS", "consumer"),
              Column.of("GIVES", "provider"),
              Column.of("RESOURCE", "resource"),
              Column.of("CODE", "code"),
              Column.of("COUNT", "count")));
    }
  }

  /** Applications that wait. */
  @Command(
      name = "unanswered",
      description = "List applications that wait for somebody, the late ones first.",
      footer = {"govcloud supervision unanswered"})
  public static final class Unanswered extends Part {
    @Override
    protected ExitCode run(Connection connection) {
      return show(
          connection,
          report(connection).path("unanswered"),
          List.of(
              Column.of("ASKS", "consumer"),
              Column.of("AGREEMENT", "agreement"),
              Column.of("GIVES", "provider"),
              Column.of("RESOURCE", "resource"),
              Column.of("STAGE", "stage"),
              Column.time("DUE", "due"),
              Column.of("LATE", "escalated")));
    }
  }

  /** Emergency agreements. */
  @Command(
      name = "emergencies",
      description = {
        "List emergency agreements that are active, then those whose activation waits for a",
        "review."
      },
      footer = {"govcloud supervision emergencies"})
  public static final class Emergencies extends Part {
    @Override
    protected ExitCode run(Connection connection) {
      return show(
          connection,
          report(connection).path("emergencies"),
          List.of(
              Column.of("ASKS", "consumer"),
              Column.of("AGREEMENT", "agreement"),
              Column.of("GIVES", "provider"),
              Column.of("NUMBER", "activation.number"),
              Column.of("STAGE", "activation.stage"),
              Column.of("INCIDENT", "activation.incident"),
              Column.of("REASON", "activation.reason"),
              Column.time("UNTIL", "activation.until"),
              Column.time("REVIEW DUE", "activation.review_due"),
              Column.of("LATE", "late")));
    }
  }

  /** Deferred notices. */
  @Command(
      name = "deferrals",
      description = {
        "List how many notices each department has deferred; govcloud deferral list tells which."
      },
      footer = {"govcloud supervision deferrals"})
  public static final class Deferrals extends Part {
    @Override
    protected ExitCode run(Connection connection) {
      return show(
          connection,
          report(connection).path("deferrals"),
          List.of(
              Column.of("OFFICE", "office"),
              Column.of("WAITS", "proposed"),
              Column.of("GRANTED", "granted"),
              Column.of("EXTENDED", "extended"),
              Column.of("DECLINED", "declined"),
              Column.of("RELEASED", "released")));
    }
  }

  /** Unusual use. */
  @Command(
      name = "unusual",
      description = {
        "List unusual use of the last seven days, the most striking first: outside office hours,",
        "many people within an hour, one case for many people, refused again and again, clerks who",
        "look up themselves or people of their department."
      },
      footer = {"govcloud supervision unusual"})
  public static final class Unusual extends Part {
    @Override
    protected ExitCode run(Connection connection) {
      return show(
          connection,
          report(connection).path("unusual"),
          List.of(
              Column.of("WHAT", "kind"),
              Column.of("OFFICE", "office"),
              Column.of("WHO", "who"),
              Column.of("COUNT", "count"),
              Column.of("USUAL", "limit"),
              Column.time("FROM", "from"),
              Column.time("TO", "to"),
              Column.of("LAST EXCHANGE", "exchange")));
    }
  }
}
