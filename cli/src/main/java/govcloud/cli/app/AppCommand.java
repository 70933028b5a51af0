package govcloud.cli.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiAnswer;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Confirmation;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.command.Waiting;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rented apps: applied for, approved, moved through their life. */
@Command(
    name = "app",
    description = "Apps that departments rent.",
    footer = {
      "govcloud app list",
      "govcloud app rent transport permits --definition administrative-approval --seats 20"
    },
    subcommands = {
      AppCommand.ListApps.class,
      AppCommand.Show.class,
      AppCommand.Rent.class,
      AppCommand.Approve.class,
      AppCommand.Refuse.class,
      AppCommand.Suspend.class,
      AppCommand.Resume.class,
      AppCommand.ChangeDisasterClass.class,
      AppCommand.Upgrade.class,
      AppCommand.Terminate.class
    })
public final class AppCommand extends Group {

  /** Lists rented apps. */
  @Command(
      name = "list",
      description = "List rented apps.",
      footer = {"govcloud app list", "govcloud app list --tenant transport --status running"})
  public static final class ListApps extends ApiCommand {
    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this department's.")
    private String tenant;

    @Option(names = "--status", paramLabel = "STATUS", description = "Only those in this status.")
    private String status;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest list =
          ApiRequest.get("/v1/apps")
              .with("tenant", tenant)
              .with("status", status)
              .with("page_size", "1000");
      connection
          .output()
          .list(
              Pages.of(connection.api(), list),
              List.of(
                  Column.of("TENANT", "tenant"),
                  Column.of("APP", "app"),
                  Column.of("DEFINITION", "definition"),
                  Column.of("VERSION", "definition_version"),
                  Column.of("SEATS", "plan.seats"),
                  Column.of("CASES", "plan.cases"),
                  Column.of("CLASS", "disaster_class"),
                  Column.of("STATUS", "status"),
                  Column.time("UPDATED", "updated_at")));
      return ExitCode.OK;
    }
  }

  /** A command about one rented app. */
  abstract static class OneApp extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "APP", description = "The app instance.")
    private String app;

    final String path() {
      return ApiRequest.path("v1", "tenants", tenant, "apps", app);
    }

    final String name() {
      return tenant + "/" + app;
    }
  }

  /** Shows one rented app. */
  @Command(
      name = "show",
      description = "Show one rented app.",
      footer = {"govcloud app show transport permits"})
  public static final class Show extends OneApp {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .one(
              connection.send(ApiRequest.get(path())).body(),
              List.of(
                  Column.of("tenant", "tenant"),
                  Column.of("app", "app"),
                  Column.of("definition", "definition"),
                  Column.of("definition version", "definition_version"),
                  Column.of("seats", "plan.seats"),
                  Column.of("active cases", "plan.cases"),
                  Column.of("disaster class", "disaster_class"),
                  Column.of("status", "status"),
                  Column.of("reason", "reason"),
                  Column.of("applicant", "applicant"),
                  Column.of("area", "area"),
                  Column.of("last operation", "operation"),
                  Column.of("last serial", "last_serial"),
                  Column.of("version", "version"),
                  Column.time("updated", "updated_at")));
      return ExitCode.OK;
    }
  }

  /** Applies for an app. */
  @Command(
      name = "rent",
      description = "Apply to rent an app; the operator approves.",
      footer = {
        "govcloud app rent transport permits --definition administrative-approval --seats 20",
        "govcloud app rent transport permits --definition document-flow --as chen:clerk --wait"
      })
  public static final class Rent extends OneApp {
    @Option(
        names = "--definition",
        required = true,
        paramLabel = "DEFINITION",
        description = "What of the catalogue; see `govcloud catalogue list`.")
    private String definition;

    @Option(
        names = "--definition-version",
        paramLabel = "VERSION",
        description = "Default: the newest.")
    private Integer version;

    @Option(
        names = "--seats",
        defaultValue = "20",
        paramLabel = "N",
        description = "People who may work in it. Default: ${DEFAULT-VALUE}.")
    private int seats;

    @Option(
        names = "--cases",
        defaultValue = "10000",
        paramLabel = "N",
        description = "Active cases at the same time. Default: ${DEFAULT-VALUE}.")
    private int cases;

    @Mixin private ChangeOptions change;
    @Mixin private Waiting waiting;

    @Override
    protected ExitCode run(Connection connection) {
      ObjectNode body = connection.body().put("definition", definition);
      body.putObject("plan").put("seats", seats).put("cases", cases);
      if (version != null) {
        body.put("version", version);
      }
      ApiRequest request = ApiRequest.change("PUT", path(), change.key(), body);
      ApiAnswer answer = change.send(connection, request);
      change.show(connection, answer);
      return waiting.after(connection, answer, options().timeout());
    }
  }

  /** A change of a rented app's life. */
  abstract static class Step extends OneApp {
    @Mixin private ChangeOptions change;
    @Mixin private Waiting waiting;

    final ExitCode step(Connection connection, String action, ObjectNode body) {
      ApiAnswer answer = change.change(connection, path(), action, body);
      change.show(connection, answer);
      return waiting.after(connection, answer, options().timeout());
    }
  }

  /** Approves an application. */
  @Command(
      name = "approve",
      description = "Approve an application; the app is set up by itself.",
      footer = {"govcloud app approve transport permits --wait"})
  public static final class Approve extends Step {
    @Override
    protected ExitCode run(Connection connection) {
      return step(connection, "approve", null);
    }
  }

  /** Refuses an application. */
  @Command(
      name = "refuse",
      description = "Refuse an application with a reason.",
      footer = {"govcloud app refuse transport permits --reason 'no contract'"})
  public static final class Refuse extends Step {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Override
    protected ExitCode run(Connection connection) {
      return step(connection, "refuse", connection.body().put("reason", reason));
    }
  }

  /** Stops work in an app. */
  @Command(
      name = "suspend",
      description = "Stop work in an app for a time.",
      footer = {"govcloud app suspend transport permits --reason 'rent unpaid'"})
  public static final class Suspend extends Step {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Override
    protected ExitCode run(Connection connection) {
      return step(connection, "suspend", connection.body().put("reason", reason));
    }
  }

  /** Lets a suspended app work again. */
  @Command(
      name = "resume",
      description = "Let a suspended app work again.",
      footer = {"govcloud app resume transport permits"})
  public static final class Resume extends Step {
    @Override
    protected ExitCode run(Connection connection) {
      return step(connection, "resume", null);
    }
  }

  /** Changes how much of an app's work may be lost with a site. */
  @Command(
      name = "change-disaster-class",
      description = "Change how much of an app's work may be lost with a site.",
      footer = {
        "govcloud app change-disaster-class transport permits zero_loss",
        "govcloud app change-disaster-class transport permits inherited"
      })
  public static final class ChangeDisasterClass extends Step {
    @Parameters(
        index = "2",
        paramLabel = "CLASS",
        description =
            "daily (a day), continuous (seconds), zero_loss (nothing) or inherited (as the department).")
    private String disasterClass;

    @Override
    protected ExitCode run(Connection connection) {
      return step(
          connection,
          "change-disaster-class",
          connection.body().put("disaster_class", disasterClass));
    }
  }

  /** Takes a newer version. */
  @Command(
      name = "upgrade",
      description = "Take a newer version of the definition.",
      footer = {"govcloud app upgrade transport permits --to 2 --wait"})
  public static final class Upgrade extends Step {
    @Option(names = "--to", required = true, paramLabel = "VERSION", description = "Which version.")
    private int version;

    @Override
    protected ExitCode run(Connection connection) {
      return step(connection, "upgrade", connection.body().put("version", version));
    }
  }

  /** Ends the rent. */
  @Command(
      name = "terminate",
      description = "End the rent of an app.",
      footer = {"govcloud app terminate transport permits --reason 'replaced' --yes"})
  public static final class Terminate extends Step {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Mixin private Confirmation confirmation;

    @Override
    protected ExitCode run(Connection connection) {
      confirmation.ask(
          connection.terminal(), "Terminate app " + name() + "? It cannot be started again.");
      return step(connection, "terminate", connection.body().put("reason", reason));
    }
  }
}
