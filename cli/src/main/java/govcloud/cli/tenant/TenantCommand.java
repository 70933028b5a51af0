package govcloud.cli.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Confirmation;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Departments: listed, registered, moved through their life, measured. */
@Command(
    name = "tenant",
    description = "Departments that rent apps.",
    footer = {"govcloud tenant list", "govcloud tenant show transport"},
    subcommands = {
      TenantCommand.ListTenants.class,
      TenantCommand.Show.class,
      TenantCommand.Register.class,
      TenantCommand.Activate.class,
      TenantCommand.Suspend.class,
      TenantCommand.Resume.class,
      TenantCommand.ChangeDisasterClass.class,
      TenantCommand.Close.class,
      TenantCommand.Usage.class
    })
public final class TenantCommand extends Group {

  private static String path(String tenant) {
    return ApiRequest.path("v1", "tenants", tenant);
  }

  /** Lists departments. */
  @Command(
      name = "list",
      description = "List departments.",
      footer = {"govcloud tenant list", "govcloud tenant list --status active -o json"})
  public static final class ListTenants extends ApiCommand {
    @Option(
        names = "--status",
        paramLabel = "STATUS",
        description = "Only these: registered, active, suspended or closed.")
    private String status;

    @Option(
        names = "--sort",
        paramLabel = "FIELD",
        description = "By tenant or by updated. Default: tenant.")
    private String sort;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest list =
          ApiRequest.get("/v1/tenants")
              .with("status", status)
              .with("sort", sort)
              .with("page_size", "1000");
      connection
          .output()
          .list(
              Pages.of(connection.api(), list),
              List.of(
                  Column.of("TENANT", "tenant"),
                  Column.local("NAME", "name"),
                  Column.of("STATUS", "status"),
                  Column.of("PLAN", "plan"),
                  Column.of("CLASS", "disaster_class"),
                  Column.time("UPDATED", "updated_at")));
      return ExitCode.OK;
    }
  }

  /** Shows one department. */
  @Command(
      name = "show",
      description = "Show one department.",
      footer = {"govcloud tenant show transport", "govcloud tenant show transport -o json"})
  public static final class Show extends ApiCommand {
    @Parameters(paramLabel = "TENANT", description = "The department.")
    private String tenant;

    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .one(
              connection.get("v1", "tenants", tenant),
              List.of(
                  Column.of("tenant", "tenant"),
                  Column.local("name", "name"),
                  Column.of("status", "status"),
                  Column.of("reason", "reason"),
                  Column.of("credit code", "credit_code"),
                  Column.of("division", "division_code"),
                  Column.of("disaster class", "disaster_class"),
                  Column.of("plan", "plan"),
                  Column.of("requests/s", "quotas.requests_per_second"),
                  Column.of("apps", "quotas.app_instances"),
                  Column.of("active cases", "quotas.active_cases"),
                  Column.of("contacts", "contacts"),
                  Column.time("kept until", "kept_until"),
                  Column.of("version", "version"),
                  Column.time("updated", "updated_at")));
      return ExitCode.OK;
    }
  }

  /** Registers a department. */
  @Command(
      name = "register",
      description = "Register a department.",
      footer = {
        "govcloud tenant register transport --zh 市交通运输局 --en 'Transport Bureau' \\",
        "    --credit-code 11999999MB1234567M --division 999999"
      })
  public static final class Register extends ApiCommand {
    @Parameters(paramLabel = "TENANT", description = "Its identifier from now on.")
    private String tenant;

    @Option(names = "--zh", required = true, paramLabel = "NAME", description = "Chinese name.")
    private String zh;

    @Option(names = "--en", required = true, paramLabel = "NAME", description = "English name.")
    private String en;

    @Option(
        names = "--credit-code",
        required = true,
        paramLabel = "CODE",
        description = "Unified social credit code, 18 characters.")
    private String creditCode;

    @Option(
        names = "--division",
        required = true,
        paramLabel = "CODE",
        description = "Administrative division, six digits.")
    private String division;

    @Option(
        names = "--disaster-class",
        defaultValue = "continuous",
        paramLabel = "CLASS",
        description =
            "What may be lost with a site: daily, continuous or zero_loss. Default: ${DEFAULT-VALUE}.")
    private String disasterClass;

    @Option(
        names = "--plan",
        defaultValue = "standard",
        paramLabel = "PLAN",
        description = "small, standard or large. Default: ${DEFAULT-VALUE}.")
    private String plan;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      ObjectNode body = connection.body();
      body.putObject("name").put("zh", zh).put("en", en);
      body.put("credit_code", creditCode).put("division_code", division);
      body.put("disaster_class", disasterClass).put("plan", plan);
      return change.make(connection, "PUT", path(tenant), body);
    }
  }

  /** A change of a department's life. */
  abstract static class Step extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department.")
    private String tenant;

    @Mixin private ChangeOptions change;

    final String tenant() {
      return tenant;
    }

    final ExitCode step(Connection connection, String action, ObjectNode body) {
      return change.show(connection, change.change(connection, path(tenant), action, body));
    }

    final ExitCode patch(Connection connection, ObjectNode body) {
      return change.show(connection, change.patch(connection, path(tenant), body));
    }
  }

  /** Lets a registered department work. */
  @Command(
      name = "activate",
      description = "Let a registered department work.",
      footer = {"govcloud tenant activate transport"})
  public static final class Activate extends Step {
    @Override
    protected ExitCode run(Connection connection) {
      return step(connection, "activate", null);
    }
  }

  /** Stops a department's work. */
  @Command(
      name = "suspend",
      description = "Stop a department's work for a time.",
      footer = {"govcloud tenant suspend transport --reason 'audit of the second quarter'"})
  public static final class Suspend extends Step {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Override
    protected ExitCode run(Connection connection) {
      return step(connection, "suspend", connection.body().put("reason", reason));
    }
  }

  /** Lets a suspended department work again. */
  @Command(
      name = "resume",
      description = "Let a suspended department work again.",
      footer = {"govcloud tenant resume transport"})
  public static final class Resume extends Step {
    @Override
    protected ExitCode run(Connection connection) {
      return step(connection, "resume", null);
    }
  }

  /** Changes how much of a department's work may be lost with a site. */
  @Command(
      name = "change-disaster-class",
      description = "Change how much of a department's work may be lost with a site.",
      footer = {"govcloud tenant change-disaster-class transport zero_loss"})
  public static final class ChangeDisasterClass extends Step {
    @Parameters(
        index = "1",
        paramLabel = "CLASS",
        description = "daily (a day), continuous (seconds) or zero_loss (nothing).")
    private String disasterClass;

    @Override
    protected ExitCode run(Connection connection) {
      return patch(connection, connection.body().put("disaster_class", disasterClass));
    }
  }

  /** Ends a department's rent. */
  @Command(
      name = "close",
      description = "Close a department; its data is kept for the retention time.",
      footer = {"govcloud tenant close transport --reason 'merged into planning' --yes"})
  public static final class Close extends Step {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Mixin private Confirmation confirmation;

    @Override
    protected ExitCode run(Connection connection) {
      confirmation.ask(
          connection.terminal(), "Close department " + tenant() + "? It cannot be opened again.");
      return step(connection, "close", connection.body().put("reason", reason));
    }
  }

  /** Shows what a department used. */
  @Command(
      name = "usage",
      description = "Show what a department used, by hour, and its limits.",
      footer = {"govcloud tenant usage transport", "govcloud tenant usage transport -o jsonl"})
  public static final class Usage extends ApiCommand {
    @Parameters(paramLabel = "TENANT", description = "The department.")
    private String tenant;

    @Option(
        names = "--from",
        paramLabel = "TIME",
        description = "First moment, such as 2026-03-02T00:00:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Moment after the last.")
    private String to;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest request =
          ApiRequest.get(path(tenant) + "/usage").with("from", from).with("to", to);
      JsonNode usage = connection.send(request).body();
      if (connection.output().format() == Format.json) {
        connection.output().one(usage, List.of());
        return ExitCode.OK;
      }
      connection
          .output()
          .list(
              usage.path("items"),
              List.of(
                  Column.time("HOUR", "at"),
                  Column.of("REQUESTS", "requests"),
                  Column.of("REFUSED", "refused_requests"),
                  Column.of("EVENTS", "events"),
                  Column.of("BYTES", "stored_bytes")));
      JsonNode totals = usage.path("totals");
      JsonNode limits = usage.path("limits");
      connection
          .terminal()
          .say(
              "total: %s requests (limit %s/s), %s events, %s active cases (limit %s)"
                  .formatted(
                      totals.path("requests").asText(),
                      limits.path("requests_per_second").asText(),
                      totals.path("events").asText(),
                      totals.path("active_cases").asText(),
                      limits.path("active_cases").asText()));
      return ExitCode.OK;
    }
  }
}
