package govcloud.cli.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.output.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Where departments have answers and changes posted. */
@Command(
    name = "callback",
    description = "Where a department has answers and changes posted; declared by administrators.",
    footer = {
      "govcloud exchange callback declare roads https://roads.gov.example/govcloud",
      "govcloud exchange callback show roads",
      "govcloud exchange callback undelivered"
    },
    subcommands = {
      CallbackCommand.Declare.class,
      CallbackCommand.Show.class,
      CallbackCommand.Withdraw.class,
      CallbackCommand.Undelivered.class
    })
final class CallbackCommand extends Group {

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("ADDRESS", "address"),
          Column.of("DECLARED BY", "declared_by"),
          Column.time("AT", "declared_at"),
          Column.of("SIGNED BY", "key"));

  private static String path(String tenant) {
    return ApiRequest.path("v1", "tenants", tenant, "exchange", "callback");
  }

  private static ExitCode show(Connection connection, JsonNode callback) {
    connection.output().one(callback, COLUMNS);
    return ExitCode.OK;
  }

  /** Declares the address. */
  @Command(
      name = "declare",
      description = {
        "Declare where a department has answers and changes posted.",
        "https alone, without user, query and fragment; what is posted is signed (RFC 9421)."
      },
      footer = {"govcloud exchange callback declare roads https://roads.gov.example/govcloud"})
  static final class Declare extends ApiCommand {
    @Mixin private ChangeOptions.Key key;

    @Parameters(index = "0", paramLabel = "TENANT", description = "The department.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "ADDRESS", description = "Begins with https://.")
    private String address;

    @Override
    protected ExitCode run(Connection connection) {
      JsonNode body = connection.body().put("address", address);
      return show(
          connection,
          connection.send(ApiRequest.change("PUT", path(tenant), key.get(), body)).body());
    }
  }

  /** Shows it. */
  @Command(
      name = "show",
      description = "Show where a department has answers and changes posted.",
      footer = {"govcloud exchange callback show roads"})
  static final class Show extends ApiCommand {
    @Parameters(paramLabel = "TENANT", description = "The department.")
    private String tenant;

    @Override
    protected ExitCode run(Connection connection) {
      return show(connection, connection.send(ApiRequest.get(path(tenant))).body());
    }
  }

  /** Takes it back. */
  @Command(
      name = "withdraw",
      description = "Have nothing posted from now on.",
      footer = {"govcloud exchange callback withdraw roads"})
  static final class Withdraw extends ApiCommand {
    @Parameters(paramLabel = "TENANT", description = "The department.")
    private String tenant;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest request =
          new ApiRequest("DELETE", path(tenant), Map.of(), Map.of(), Optional.empty());
      return show(connection, connection.send(request).body());
    }
  }

  /** Lists what was given up. */
  @Command(
      name = "undelivered",
      description = "List callbacks of the cloud that were given up, for operators.",
      footer = {"govcloud exchange callback undelivered"})
  static final class Undelivered extends ApiCommand {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .list(
              connection.get("v1", "exchange", "undelivered-callbacks").path("items"),
              List.of(
                  Column.of("CONSUMER", "consumer"),
                  Column.of("KIND", "kind"),
                  Column.of("ID", "id"),
                  Column.time("SINCE", "since"),
                  Column.of("ATTEMPTS", "attempts")));
      return ExitCode.OK;
    }
  }
}
