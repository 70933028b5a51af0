package govcloud.cli.subject;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
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

/** People whose data departments have. */
@Command(
    name = "subject",
    description = {
      "People whose data departments have: legal holds, and erasure by destroying a key.",
      "A person is named by a pseudonym; `govcloud case show -o json` tells it as data_subject."
    },
    footer = {
      "govcloud subject find harbour --number 999999199001010016",
      "govcloud subject hold harbour p-00112233445566778899aabbccddeeff court-14 --reason 2026-14",
      "govcloud subject erase harbour p-00112233445566778899aabbccddeeff \\",
      "    --basis consent-withdrawn"
    },
    subcommands = {
      SubjectCommand.Find.class,
      SubjectCommand.Show.class,
      SubjectCommand.Hold.class,
      SubjectCommand.Release.class,
      SubjectCommand.Erase.class
    })
public final class SubjectCommand extends Group {

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("SUBJECT", "subject"),
          Column.of("READABLE", "readable"),
          Column.of("STATUS", "status"),
          new Column("HOLDS", item -> joined(item.path("holds"), "hold")),
          new Column("ERASED FOR", item -> joined(item.path("erasures"), "legal_basis")));

  private static String joined(JsonNode items, String member) {
    return String.join(", ", items.findValuesAsText(member));
  }

  /** A command about somebody in a department. */
  abstract static class OfTenant extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department.")
    private String tenant;

    final String path(String... more) {
      var path = ApiRequest.path("v1", "tenants", tenant, "data-subjects");
      return more.length == 0 ? path : path + ApiRequest.path(more);
    }

    static ExitCode show(Connection connection, JsonNode subject) {
      connection.output().one(subject, COLUMNS);
      return ExitCode.OK;
    }
  }

  /** A command about somebody whose pseudonym is known. */
  abstract static class OfSubject extends OfTenant {
    @Parameters(index = "1", paramLabel = "SUBJECT", description = "The pseudonym.")
    private String subject;

    final String subject() {
      return subject;
    }
  }

  /** Finds a pseudonym. */
  @Command(
      name = "find",
      description = "Tell the pseudonym of a person; the search is written down.",
      footer = {"govcloud subject find harbour --number 999999199001010016"})
  public static final class Find extends OfTenant {
    @Option(
        names = "--number",
        required = true,
        paramLabel = "NUMBER",
        description = "Number of the identity document.")
    private String number;

    @Override
    protected ExitCode run(Connection connection) {
      var body = connection.body().put("number", number);
      var request = ApiRequest.change("POST", path(), "", body);
      return show(connection, connection.api().send(request).body());
    }
  }

  /** Shows holds and erasures. */
  @Command(
      name = "show",
      description = "Tell whether the data of a person can be read, are held, or were erased.",
      footer = {"govcloud subject show harbour p-00112233445566778899aabbccddeeff"})
  public static final class Show extends OfSubject {
    @Override
    protected ExitCode run(Connection connection) {
      return show(connection, connection.api().send(ApiRequest.get(path(subject()))).body());
    }
  }

  /** Sets a hold. */
  @Command(
      name = "hold",
      description = "Keep the data of a person from being erased (legal hold).",
      footer = {
        "govcloud subject hold harbour p-00112233445566778899aabbccddeeff court-14 --reason 2026-14"
      })
  public static final class Hold extends OfSubject {
    @Parameters(index = "2", paramLabel = "HOLD", description = "A name of your choice.")
    private String hold;

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Such as the number of a court case.")
    private String reason;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      var body = connection.body().put("reason", reason);
      return change.make(connection, "PUT", path(subject(), "holds", hold), body);
    }
  }

  /** Ends a hold. */
  @Command(
      name = "release",
      description = "End a legal hold.",
      footer = {"govcloud subject release harbour p-00112233445566778899aabbccddeeff court-14"})
  public static final class Release extends OfSubject {
    @Parameters(index = "2", paramLabel = "HOLD", description = "Its name.")
    private String hold;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      var path = path(subject(), "holds", hold, "release");
      return change.make(connection, "POST", path, connection.body());
    }
  }

  /** Asks for an erasure. */
  @Command(
      name = "erase",
      description = {
        "Ask to erase the data of a person; nobody can take that back.",
        "An operator and a security administrator then sign it on the page that is",
        "shown, each with a passkey. It is refused while there is a hold."
      },
      footer = {
        "govcloud subject erase harbour p-00112233445566778899aabbccddeeff \\",
        "    --basis consent-withdrawn"
      })
  public static final class Erase extends OfSubject {
    @Option(
        names = "--basis",
        required = true,
        paramLabel = "BASIS",
        description =
            "purpose-ended, retention-ended, consent-withdrawn, unlawful-processing or other-law.")
    private String basis;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      var body = connection.body().put("legal_basis", basis);
      return ApprovalCommand.ask(connection, change, "POST", path(subject(), "erasure"), body);
    }
  }
}
