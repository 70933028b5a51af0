package govcloud.cli.operation;

import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.command.Waiting;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Requests that take time. */
@Command(
    name = "operation",
    description = "Requests that take time.",
    footer = {"govcloud operation list --status failed", "govcloud operation wait o-1"},
    subcommands = {
      OperationCommand.ListOperations.class,
      OperationCommand.Show.class,
      OperationCommand.Cancel.class,
      OperationCommand.Retry.class,
      OperationCommand.Wait.class
    })
public final class OperationCommand extends Group {

  /** Lists operations. */
  @Command(
      name = "list",
      description = "List operations.",
      footer = {"govcloud operation list", "govcloud operation list --status waiting_approval"})
  public static final class ListOperations extends ApiCommand {
    @Option(
        names = "--status",
        paramLabel = "STATUS",
        description =
            "Only these: pending, waiting_approval, running, succeeded, failed, cancelled.")
    private String status;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this department's.")
    private String tenant;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest list =
          ApiRequest.get("/v1/operations")
              .with("status", status)
              .with("tenant", tenant)
              .with("page_size", "1000");
      connection
          .output()
          .list(
              Pages.of(connection.api(), list),
              List.of(
                  Column.of("OPERATION", "operation"),
                  Column.of("KIND", "kind"),
                  Column.of("SUBJECT", "subject"),
                  Column.of("STATUS", "status"),
                  Column.time("DEADLINE", "deadline"),
                  Column.of("REASON", "reason")));
      return ExitCode.OK;
    }
  }

  /** A command about one operation. */
  abstract static class One extends ApiCommand {
    @Parameters(paramLabel = "OPERATION", description = "The operation.")
    private String operation;

    final String operation() {
      return operation;
    }

    final String path() {
      return ApiRequest.path("v1", "operations", operation);
    }
  }

  /** Shows one operation. */
  @Command(
      name = "show",
      description = "Show one operation.",
      footer = {"govcloud operation show o-1"})
  public static final class Show extends One {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .one(
              connection.send(ApiRequest.get(path())).body(),
              List.of(
                  Column.of("operation", "operation"),
                  Column.of("kind", "kind"),
                  Column.of("subject", "subject"),
                  Column.of("tenant", "tenant"),
                  Column.of("status", "status"),
                  Column.of("done", "progress.done"),
                  Column.of("of", "progress.total"),
                  Column.of("attempt", "attempt"),
                  Column.time("deadline", "deadline"),
                  Column.of("requester", "requester"),
                  Column.of("reason", "reason"),
                  Column.of("retryable", "retryable"),
                  Column.of("result", "result"),
                  Column.time("created", "created_at"),
                  Column.time("updated", "updated_at")));
      return ExitCode.OK;
    }
  }

  /** Gives an operation up. */
  @Command(
      name = "cancel",
      description = "Give an operation up.",
      footer = {"govcloud operation cancel o-1 --reason 'wrong plan'"})
  public static final class Cancel extends One {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      return change.make(
          connection, "POST", path() + "/cancel", connection.body().put("reason", reason));
    }
  }

  /** Tries a failed operation again. */
  @Command(
      name = "retry",
      description = "Try a failed operation again.",
      footer = {"govcloud operation retry o-1"})
  public static final class Retry extends One {
    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      return change.make(connection, "POST", path() + "/retry", null);
    }
  }

  /** Waits for an operation. */
  @Command(
      name = "wait",
      description = "Wait until an operation has ended, at most --timeout.",
      footer = {"govcloud operation wait o-1 --timeout 120"})
  public static final class Wait extends One {
    @Override
    protected ExitCode run(Connection connection) {
      return Waiting.until(connection, operation(), options().timeout());
    }
  }
}
