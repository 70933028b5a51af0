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

/** Looks because of an investigation that citizens are shown later. */
@Command(
    name = "deferral",
    description = {
      "Show citizens the looks because of a case, an investigation, from a date on only. Two people",
      "of the department decide on it; ledger, audit trail and supervisors are told as ever."
    },
    footer = {
      "govcloud deferral propose inspection cases c-1 --until 2026-12-31T00:00:00Z \\",
      "    --reason 立案调查 --legal-basis 《监察法》",
      "govcloud deferral approve inspection cases c-1 --until 2026-12-31T00:00:00Z \\",
      "    --reason 立案调查 --legal-basis 《监察法》"
    },
    subcommands = {
      DeferralCommand.Propose.class,
      DeferralCommand.Approve.class,
      DeferralCommand.Decline.class,
      DeferralCommand.Release.class,
      DeferralCommand.ListDeferrals.class
    })
public final class DeferralCommand extends Group {

  /** A step of a deferral. */
  abstract static class Step extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department you act for.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "APP", description = "The app of the case.")
    private String app;

    @Parameters(index = "2", paramLabel = "CASE", description = "The case that queries cite.")
    private String theCase;

    @Mixin private ChangeOptions change;

    final ExitCode post(Connection connection, String action, ObjectNode body) {
      return change.make(
          connection,
          "POST",
          ApiRequest.path("v1", "tenants", tenant, "deferrals", app, theCase, action),
          body);
    }
  }

  /** A step that says all of what is proposed, as it is asked for or was read. */
  abstract static class WholeStep extends Step {
    @Option(
        names = "--until",
        required = true,
        paramLabel = "TIME",
        description = "From when on they are shown, such as 2026-12-31T00:00:00Z.")
    private String until;

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; for the second person and for supervisors.")
    private String reason;

    @Option(
        names = "--legal-basis",
        required = true,
        paramLabel = "TEXT",
        description = "By what; citizens read it once they are told.")
    private String legalBasis;

    final ExitCode post(Connection connection, String action) {
      return post(
          connection,
          action,
          connection
              .body()
              .put("until", until)
              .put("reason", reason)
              .put("legal_basis", legalBasis));
    }
  }

  /** The first person. */
  @Command(
      name = "propose",
      description = "Ask for it, or for a later date; another person has to approve.",
      footer = {
        "govcloud deferral propose inspection cases c-1 --until 2026-12-31T00:00:00Z \\",
        "    --reason 立案调查 --legal-basis 《监察法》"
      })
  public static final class Propose extends WholeStep {
    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, "proposal");
    }
  }

  /** The second person. */
  @Command(
      name = "approve",
      description = {
        "Approve what another person asked for, as you have read it in the list: a request that took",
        "its place meanwhile is not approved."
      },
      footer = {
        "govcloud deferral approve inspection cases c-1 --until 2026-12-31T00:00:00Z \\",
        "    --reason 立案调查 --legal-basis 《监察法》"
      })
  public static final class Approve extends WholeStep {
    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, "approval");
    }
  }

  /** Either person. */
  @Command(
      name = "decline",
      description = "Do not approve what was asked for, or give it up.",
      footer = {"govcloud deferral decline inspection cases c-1 --reason 理由不足"})
  public static final class Decline extends Step {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, "decline", connection.body().put("reason", reason));
    }
  }

  /** Before the date. */
  @Command(
      name = "release",
      description = "Show the looks at once, before the date; that they were deferred stays.",
      footer = {"govcloud deferral release inspection cases c-1 --reason 调查结束"})
  public static final class Release extends Step {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, "release", connection.body().put("reason", reason));
    }
  }

  /** Lists deferrals. */
  @Command(
      name = "list",
      description = {
        "List the deferrals of a department; without one, those of the cloud. What was said last",
        "first; -o json tells who asked and who approved."
      },
      footer = {"govcloud deferral list inspection", "govcloud deferral list -o json"})
  public static final class ListDeferrals extends ApiCommand {
    @Mixin private CloudOrDepartment whose;

    @Override
    protected ExitCode run(Connection connection) {
      return whose.list(
          connection,
          "deferrals",
          List.of(
              Column.of("OFFICE", "office"),
              Column.of("CASE", "case"),
              Column.of("STATUS", "status"),
              Column.time("SHOWN FROM", "until"),
              Column.time("ASKED UNTIL", "proposal.until"),
              Column.of("REASON", "proposal.reason"),
              Column.of("LEGAL BASIS", "proposal.legal_basis")));
    }
  }
}
