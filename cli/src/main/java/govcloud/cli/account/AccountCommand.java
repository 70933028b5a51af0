package govcloud.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.local.FirstAccounts;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What security administrators decide about accounts. */
@Command(
    name = "account",
    description = "Accounts of people: who comes in, and in which roles.",
    footer = {
      "govcloud account codes",
      "govcloud account invite zhang-san --name 张三 --tenant transport --role reviewer",
      "govcloud account list --tenant transport",
      "govcloud account history zhang-san"
    },
    subcommands = {
      AccountCommand.Codes.class,
      AccountCommand.Invite.class,
      AccountCommand.Renew.class,
      AccountCommand.ListAccounts.class,
      AccountCommand.Show.class,
      AccountCommand.History.class,
      AccountCommand.Prove.class,
      AccountCommand.Suspend.class,
      AccountCommand.Resume.class,
      EmergencyCommand.class,
      RecoverCommand.class
    })
public final class AccountCommand extends Group {

  /** Gives new codes to the first people. */
  @Command(
      name = "codes",
      description = {
        "Give new one-time codes, good for 30 minutes, to the administrators and the operator",
        "of a new cloud, as long as they have never come in."
      },
      footer = {"govcloud account codes"})
  public static final class Codes extends ApiCommand {
    @Override
    protected ExitCode run(Connection connection) {
      JsonNode codes = FirstAccounts.renew(connection.api(), connection.json(), connection.home());
      connection
          .output()
          .list(
              codes,
              List.of(
                  Column.of("ACCOUNT", "account"),
                  Column.of("CODE", "code"),
                  Column.time("GOOD UNTIL", "code_expires_at")));
      return ExitCode.OK;
    }
  }

  /** Lists accounts. */
  @Command(
      name = "list",
      description = "List accounts with roles, second factors, lockout and last sign-in.",
      footer = {"govcloud account list", "govcloud account list --tenant transport -o json"})
  public static final class ListAccounts extends ApiCommand {
    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this department's.")
    private String tenant;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest list =
          ApiRequest.get("/v1/accounts").with("tenant", tenant).with("page_size", "1000");
      connection
          .output()
          .list(
              Pages.of(connection.api(), list),
              List.of(
                  Column.of("ACCOUNT", "account"),
                  Column.of("NAME", "name"),
                  Column.of("TENANT", "tenant"),
                  Column.of("ROLES", "roles"),
                  Column.of("STATUS", "status"),
                  Column.of("SECOND FACTORS", "second_factors"),
                  Column.time("LOCKED UNTIL", "locked_until"),
                  Column.time("LAST SIGN-IN", "last_sign_in")));
      return ExitCode.OK;
    }
  }

  /** A command about one account. */
  abstract static class One extends ApiCommand {
    @Parameters(paramLabel = "ACCOUNT", description = "The account.")
    private String account;

    final String path(String... more) {
      String path = ApiRequest.path("v1", "accounts", account);
      return more.length == 0 ? path : path + ApiRequest.path(more);
    }
  }

  /** A command that changes one account. */
  abstract static class Change extends One {
    @Mixin private ChangeOptions change;

    final ExitCode send(Connection connection, String method, String path, JsonNode body) {
      JsonNode answer =
          change.send(connection, ApiRequest.change(method, path, change.key(), body)).body();
      connection
          .output()
          .one(
              answer,
              List.of(
                  Column.of("id", "id"),
                  Column.of("status", "status"),
                  Column.of("one-time code", "code"),
                  Column.time("good until", "code_expires_at")));
      return ExitCode.OK;
    }
  }

  /** Invites a person. */
  @Command(
      name = "invite",
      description = "Invite a person; the one-time code is shown now and never again.",
      footer = {
        "govcloud account invite zhang-san --name 张三 --tenant transport --role reviewer",
        "govcloud account invite wu --name 吴 --role audit-administrator"
      })
  public static final class Invite extends Change {
    @Mixin private HolderOptions holder;

    @Override
    protected ExitCode run(Connection connection) {
      return send(connection, "PUT", path(), holder.in(connection.body()));
    }
  }

  /** Gives another one-time code. */
  @Command(
      name = "renew",
      description = "Give a person another one-time code; the password before is good no more.",
      footer = {"govcloud account renew zhang-san"})
  public static final class Renew extends Change {
    @Override
    protected ExitCode run(Connection connection) {
      return send(connection, "POST", path("invitation"), connection.body());
    }
  }

  /** Shows an account. */
  @Command(
      name = "show",
      description = "Show an account.",
      footer = {"govcloud account show zhang-san"})
  public static final class Show extends One {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .one(
              connection.send(ApiRequest.get(path())).body(),
              List.of(
                  Column.of("account", "account"),
                  Column.of("name", "name"),
                  Column.of("status", "status"),
                  Column.of("department", "tenant"),
                  Column.of("roles", "roles"),
                  Column.of("sessions", "sessions"),
                  Column.time("locked until", "locked_until")));
      return ExitCode.OK;
    }
  }

  /** Shows who came in, and who did not. */
  @Command(
      name = "history",
      description = "List sign-ins, refusals, lockouts and decisions, oldest first.",
      footer = {"govcloud account history zhang-san"})
  public static final class History extends One {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .list(
              Pages.of(connection.api(), ApiRequest.get(path("history"))),
              List.of(
                  Column.time("AT", "at"),
                  Column.of("WHAT", "type"),
                  Column.of("BY", "person"),
                  Column.of("ROLE", "role"),
                  Column.of("WHY", "data.fault"),
                  Column.of("FROM", "data.source")));
      return ExitCode.OK;
    }
  }

  /** Says which person has the account. */
  @Command(
      name = "prove",
      description = {
        "Say which person has the account, after you have seen the document: a citizen, who then"
            + " sees",
        "what is kept and who looked; or staff of a department, so that supervision hears of"
            + " clerks",
        "who look up themselves or each other. It never changes, and nobody is shown the number."
      },
      footer = {"govcloud account prove wang-xiaoming --number 99999919900101123X"})
  public static final class Prove extends Change {
    @Option(
        names = "--number",
        required = true,
        paramLabel = "NUMBER",
        description = "Of the citizen (GB 11643), from the document.")
    private String number;

    @Override
    protected ExitCode run(Connection connection) {
      return send(connection, "POST", path("identity"), connection.body().put("number", number));
    }
  }

  /** Keeps an account out. */
  @Command(
      name = "suspend",
      description = "Keep an account out; all its sessions end.",
      footer = {"govcloud account suspend zhang-san --reason 'has left the department'"})
  public static final class Suspend extends Change {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Override
    protected ExitCode run(Connection connection) {
      return send(connection, "POST", path("suspend"), connection.body().put("reason", reason));
    }
  }

  /** Lets an account in again. */
  @Command(
      name = "resume",
      description = "Let a suspended account in again.",
      footer = {"govcloud account resume zhang-san"})
  public static final class Resume extends Change {
    @Override
    protected ExitCode run(Connection connection) {
      return send(connection, "POST", path("resume"), connection.body());
    }
  }
}
