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
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Values that were given out and that somebody holds to be wrong. */
@Command(
    name = "correction",
    description = "Values that were given out and that somebody holds to be wrong.",
    footer = {
      "govcloud correction ask transport --exchange 0123456789abcdef0123456789abcdef \\",
      "    --field points --value 0 --reason 与处罚决定书不符",
      "govcloud correction list police"
    },
    subcommands = {
      CorrectionCommand.Ask.class,
      CorrectionCommand.ListCorrections.class,
      CorrectionCommand.Show.class,
      CorrectionCommand.Answer.class
    })
public final class CorrectionCommand extends Group {

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("PROVIDER", "provider"),
          Column.of("EXCHANGE", "exchange"),
          Column.of("ASKER", "asker"),
          Column.of("FIELD", "field"),
          Column.of("OFFICE", "office"),
          Column.of("DATA", "name_zh"),
          Column.of("STATUS", "status"),
          Column.time("DUE", "due"),
          Column.of("LATE", "escalated"),
          Column.of("REASON", "reason"),
          Column.of("RECALL", "recall"));

  /** Asks for a correction. */
  @Command(
      name = "ask",
      description = {
        "Ask the provider to correct a value that the department has received, as the clerk who",
        "asked for it or as data officer."
      },
      footer = {
        "govcloud correction ask transport --exchange 0123456789abcdef0123456789abcdef \\",
        "    --field points --value 0 --reason 与处罚决定书不符"
      })
  public static final class Ask extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department you act for.")
    private String tenant;

    @Option(
        names = "--exchange",
        required = true,
        paramLabel = "ID",
        description = "That gave the value out; its answer told it.")
    private String exchange;

    @Option(
        names = "--field",
        required = true,
        paramLabel = "NAME",
        description = "The item whose value is wrong.")
    private String field;

    @Option(
        names = "--value",
        required = true,
        paramLabel = "VALUE",
        description = "What it should be; the provider's data officer alone sees it.")
    private String value;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      ObjectNode body = connection.body().put("exchange", exchange).put("field", field);
      return change.make(
          connection,
          "POST",
          ApiRequest.path("v1", "tenants", tenant, "asked-corrections"),
          body.put("value", value).put("reason", reason));
    }
  }

  /** Lists corrections. */
  @Command(
      name = "list",
      description = {
        "List the corrections that a department has to answer or, with --asked, has asked for;",
        "without one, those of the cloud. By time limit."
      },
      footer = {"govcloud correction list police", "govcloud correction list transport --asked"})
  public static final class ListCorrections extends ApiCommand {
    @Mixin private CloudOrDepartment whose;

    @Option(names = "--asked", description = "Those that the department has asked for.")
    private boolean asked;

    @Override
    protected ExitCode run(Connection connection) {
      return whose.list(
          connection, "corrections", asked ? "asked-corrections" : "corrections", COLUMNS);
    }
  }

  /** Shows one with its value. */
  @Command(
      name = "show",
      description = {
        "Show a request with the value that is proposed and the number of whose it is, for the",
        "data officer of the department that answers."
      },
      footer = {"govcloud correction show police 0123456789abcdef0123456789abcdef citizen points"})
  public static final class Show extends ApiCommand {
    @Mixin private CorrectionArguments correction;

    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .one(
              connection.send(ApiRequest.get(correction.path())).body(),
              List.of(
                  Column.of("ASKER", "asker"),
                  Column.of("OFFICE", "office"),
                  Column.of("DATA", "name_zh"),
                  Column.of("FIELD", "field"),
                  Column.of("SHOULD BE", "value"),
                  Column.of("SUBJECT", "subject"),
                  Column.of("REASON", "reason"),
                  Column.of("STATUS", "status"),
                  Column.time("DUE", "due")));
      return ExitCode.OK;
    }
  }

  /** Answers one. */
  @Command(
      name = "answer",
      description = {
        "Answer a request, only once. Accepted, it issues a recall to everyone who received the",
        "value since; correct the record first."
      },
      footer = {
        "govcloud correction answer police 0123456789abcdef0123456789abcdef citizen points \\",
        "    --outcome accepted --since 2026-11-01T00:00:00Z --reason 经核实有误，已更正"
      })
  public static final class Answer extends ApiCommand {
    private enum Outcome {
      ACCEPTED,
      REFUSED
    }

    @Mixin private CorrectionArguments correction;

    @Option(
        names = "--outcome",
        required = true,
        paramLabel = "OUTCOME",
        description = "accepted: the value was wrong; refused.")
    private Outcome outcome;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "From when on it was wrong; needed if accepted.")
    private String since;

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "For whoever asked and, if accepted, for all who received the value.")
    private String reason;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      ObjectNode body =
          connection
              .body()
              .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .put("reason", reason);
      if (since != null) {
        body.put("since", since);
      }
      return change.make(connection, "POST", correction.path() + "/answer", body);
    }
  }
}
