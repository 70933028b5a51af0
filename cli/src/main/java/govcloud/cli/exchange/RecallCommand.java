package govcloud.cli.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recalls of wrong records that other departments have received. */
@Command(
    name = "recall",
    description = "Wrong records that were corrected after others had received them.",
    footer = {
      "govcloud recall issue police points-1 --resource traffic-violations \\",
      "    --subject 999999199001010016 --field points --since 2026-11-01T00:00:00Z \\",
      "    --reason 'points of somebody else'",
      "govcloud recall received transport"
    },
    subcommands = {
      RecallCommand.Issue.class,
      RecallCommand.ListRecalls.class,
      RecallCommand.Received.class,
      RecallCommand.Acknowledge.class
    })
public final class RecallCommand extends Group {

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("PROVIDER", "provider"),
          Column.of("RECALL", "recall"),
          Column.of("STATUS", "status"),
          Column.of("DATA", "name_zh"),
          Column.of("WRONG", "fields"),
          Column.time("SINCE", "since"),
          Column.time("RECALLED", "issued_at"),
          Column.time("DUE", "due"),
          Column.of("LATE", "escalated"),
          Column.of("WAITING", "waiting"),
          Column.of("REASON", "reason"));

  /** Issues a recall. */
  @Command(
      name = "issue",
      description = {
        "Tell everyone who received values of a record that they were wrong. Correct the record",
        "first. Who received them is found in the records of exchanges."
      },
      footer = {
        "govcloud recall issue police points-1 --resource traffic-violations \\",
        "    --subject 999999199001010016 --field points --since 2026-11-01T00:00:00Z \\",
        "    --reason 'points of somebody else'"
      })
  public static final class Issue extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department you act for.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "RECALL", description = "An identifier of your choice.")
    private String recall;

    @Option(
        names = "--resource",
        required = true,
        paramLabel = "ID",
        description = "The data resource.")
    private String resource;

    @Option(
        names = "--subject",
        required = true,
        paramLabel = "NUMBER",
        description = "Document number of whom the record is about.")
    private String subject;

    @Option(
        names = "--field",
        required = true,
        paramLabel = "NAME",
        description = "An item whose value was wrong; may be given several times.")
    private List<String> fields;

    @Option(
        names = "--since",
        required = true,
        paramLabel = "TIME",
        description = "From when on it was, such as 2026-11-01T00:00:00Z.")
    private String since;

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "What was wrong, for those who received it and for the data subject.")
    private String reason;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      ObjectNode body = connection.body().put("resource", resource).put("since", since);
      body.put("reason", reason).putObject("subject").put("number", subject);
      fields.forEach(body.putArray("fields")::add);
      return change.make(
          connection, "PUT", ApiRequest.path("v1", "tenants", tenant, "recalls", recall), body);
    }
  }

  /** Lists recalls. */
  @Command(
      name = "list",
      description = {
        "List the recalls that a department has issued; without one, those of the cloud. The newest",
        "first; -o json tells the cases."
      },
      footer = {"govcloud recall list police", "govcloud recall list -o json"})
  public static final class ListRecalls extends ApiCommand {
    @Mixin private CloudOrDepartment whose;

    @Override
    protected ExitCode run(Connection connection) {
      return whose.list(connection, "recalls", COLUMNS);
    }
  }

  /** Lists recalls of what a department has received. */
  @Command(
      name = "received",
      description = {
        "List the recalls of values that a department has received. The newest first; -o json tells",
        "its cases."
      },
      footer = {"govcloud recall received transport", "govcloud recall received transport -o json"})
  public static final class Received extends ApiCommand {
    @Parameters(paramLabel = "TENANT", description = "The department.")
    private String tenant;

    @Override
    protected ExitCode run(Connection connection) {
      return CloudOrDepartment.pages(
          connection, ApiRequest.path("v1", "tenants", tenant, "received-recalls"), COLUMNS);
    }
  }

  /** Acknowledges a recall for one case. */
  @Command(
      name = "acknowledge",
      description = "Say what was done about a case that had received wrong values; only once.",
      footer = {
        "govcloud recall acknowledge transport police points-1 --case permits/c-1 \\",
        "    --note 'decided again'"
      })
  public static final class Acknowledge extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department you act for.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "PROVIDER", description = "Who issued the recall.")
    private String provider;

    @Parameters(index = "2", paramLabel = "RECALL", description = "Its identifier.")
    private String recall;

    @Option(
        names = "--case",
        required = true,
        paramLabel = "APP/CASE",
        description = "The case; received -o json tells it.")
    private String theCase;

    @Option(
        names = "--note",
        required = true,
        paramLabel = "TEXT",
        description = "What was done; the data subject reads it.")
    private String note;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      return change.make(
          connection,
          "POST",
          ApiRequest.path(
              "v1", "tenants", tenant, "received-recalls", provider, recall, "acknowledgement"),
          connection.body().put("case", theCase).put("note", note));
    }
  }
}
