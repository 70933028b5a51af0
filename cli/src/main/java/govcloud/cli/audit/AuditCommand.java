package govcloud.cli.audit;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who did or was not let do what. */
@Command(
    name = "audit",
    description = "The audit trail, for audit administrators: who did or was not let do what.",
    footer = {
      "govcloud audit search --person zhang-san --outcome denied",
      "govcloud audit export --format syslog --from 2026-03-02T00:00:00Z",
      "govcloud audit retention 400"
    },
    subcommands = {
      AuditCommand.Search.class,
      AuditCommand.Export.class,
      AuditCommand.Retention.class
    })
public final class AuditCommand extends Group {

  /** A command that reads records. */
  abstract static class Reading extends ApiCommand {
    @Option(
        names = "--from",
        paramLabel = "TIME",
        description = "First moment. Default: an hour before --to.")
    private String from;

    @Option(
        names = "--to",
        paramLabel = "TIME",
        description = "Moment after the last. Default: now.")
    private String to;

    @Option(names = "--person", paramLabel = "ACCOUNT", description = "Only what this one asked.")
    private String person;

    @Option(names = "--action", paramLabel = "NAME", description = "Only this, such as getCase.")
    private String action;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this department.")
    private String tenant;

    @Option(names = "--object", paramLabel = "PATH", description = "Only paths that begin so.")
    private String object;

    @Option(
        names = "--outcome",
        paramLabel = "OUTCOME",
        description = "Only allowed, denied, failed or alarm.")
    private String outcome;

    @Option(names = "--code", paramLabel = "CODE", description = "Only with this reason.")
    private String code;

    @Option(names = "--request", paramLabel = "ID", description = "Only of this request.")
    private String request;

    final Iterable<JsonNode> records(Connection connection) {
      ApiRequest search =
          ApiRequest.get("/v1/audit/records")
              .with("page_size", "1000")
              .with("from", from)
              .with("to", to)
              .with("person", person)
              .with("action", action)
              .with("tenant", tenant)
              .with("object", object)
              .with("outcome", outcome)
              .with("code", code)
              .with("request_id", request);
      return Pages.of(connection.api(), search);
    }
  }

  /** Shows records. */
  @Command(
      name = "search",
      description = "List records, the oldest first. The search itself is written down.",
      footer = {
        "govcloud audit search",
        "govcloud audit search --person zhang-san --outcome denied --from 2026-03-02T00:00:00Z"
      })
  public static final class Search extends Reading {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .list(
              records(connection),
              List.of(
                  Column.time("AT", "at"),
                  Column.of("OUTCOME", "outcome"),
                  Column.of("PERSON", "person"),
                  Column.of("ROLE", "role"),
                  Column.of("ACTION", "action"),
                  Column.of("OBJECT", "object"),
                  Column.of("WHY", "code"),
                  Column.of("FROM", "source"),
                  Column.of("TIMES", "count")));
      return ExitCode.OK;
    }
  }

  /** How records are written for other programs. */
  public enum ExportFormat {
    /** A JSON object on each line. */
    jsonl,
    /** A message of RFC 5424 on each line. */
    syslog
  }

  /** Writes records for other programs. */
  @Command(
      name = "export",
      description = "Write records for other programs, one on each line, the oldest first.",
      footer = {
        "govcloud audit export --from 2026-03-02T00:00:00Z --to 2026-03-03T00:00:00Z",
        "govcloud audit export --format syslog"
      })
  public static final class Export extends Reading {
    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "jsonl",
        description = "jsonl, or syslog (RFC 5424). Default: jsonl.")
    private ExportFormat format;

    @Override
    protected ExitCode run(Connection connection) {
      for (JsonNode record : records(connection)) {
        if (format == ExportFormat.syslog) {
          connection.output().text(SyslogLine.of(record));
        } else {
          connection.output().line(record);
        }
      }
      return ExitCode.OK;
    }
  }

  /** Says for how long all is kept. */
  @Command(
      name = "retention",
      description = {
        "Show for how many days the trail is kept at least, or ask to keep it for longer.",
        "Two auditors then sign that on the page that is shown, each with a passkey."
      },
      footer = {"govcloud audit retention", "govcloud audit retention 400"})
  public static final class Retention extends ApiCommand {
    @Mixin private ChangeOptions change;

    @Parameters(
        arity = "0..1",
        paramLabel = "DAYS",
        description = "Keep it for so long from now on; never for a shorter time than before.")
    private Integer days;

    @Override
    protected ExitCode run(Connection connection) {
      String path = "/v1/audit/retention";
      if (days != null) {
        var body = connection.body().put("days", days);
        return ApprovalCommand.ask(connection, change, "PUT", path, body);
      }
      connection
          .output()
          .one(connection.send(ApiRequest.get(path)).body(), List.of(Column.of("days", "days")));
      return ExitCode.OK;
    }
  }
}
