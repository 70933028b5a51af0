package govcloud.cli.exchange;

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

/** Objections of citizens to looks at their data. */
@Command(
    name = "objection",
    description = "Objections of citizens to looks at their data; the provider answers them.",
    footer = {
      "govcloud objection list police",
      "govcloud objection answer police 0123456789abcdef0123456789abcdef \\",
      "    --outcome upheld --reason 'not needed for the case; the clerk was told'"
    },
    subcommands = {ObjectionCommand.ListObjections.class, ObjectionCommand.Answer.class})
public final class ObjectionCommand extends Group {

  /** Lists objections. */
  @Command(
      name = "list",
      description = {
        "List the objections that a department has to answer or has answered; without one, of the",
        "cloud. By time limit."
      },
      footer = {"govcloud objection list police", "govcloud objection list"})
  public static final class ListObjections extends ApiCommand {
    @Mixin private CloudOrDepartment whose;

    @Override
    protected ExitCode run(Connection connection) {
      return whose.list(
          connection,
          "objections",
          List.of(
              Column.of("PROVIDER", "provider"),
              Column.of("EXCHANGE", "exchange"),
              Column.of("OFFICE", "office"),
              Column.of("DATA", "name_zh"),
              Column.of("CASE", "case"),
              Column.of("STATUS", "status"),
              Column.time("DUE", "due"),
              Column.of("LATE", "escalated"),
              Column.of("TEXT", "text")));
    }
  }

  /** Answers an objection. */
  @Command(
      name = "answer",
      description = "Answer an objection, for the department that gave the data; only once.",
      footer = {
        "govcloud objection answer police 0123456789abcdef0123456789abcdef \\",
        "    --outcome rejected --reason 'needed for the renewal that you applied for'"
      })
  public static final class Answer extends ApiCommand {
    private enum Outcome {
      UPHELD,
      REJECTED
    }

    @Parameters(index = "0", paramLabel = "TENANT", description = "The department you act for.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "EXCHANGE", description = "Its id; list tells it.")
    private String exchange;

    @Option(
        names = "--outcome",
        required = true,
        paramLabel = "OUTCOME",
        description = "upheld: the citizen is right; rejected.")
    private Outcome outcome;

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "For the citizen, who reads it.")
    private String reason;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      return change.make(
          connection,
          "POST",
          ApiRequest.path("v1", "tenants", tenant, "objections", exchange, "answer"),
          connection
              .body()
              .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .put("reason", reason));
    }
  }
}
