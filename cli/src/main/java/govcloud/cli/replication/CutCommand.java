package govcloud.cli.replication;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Waiting;
import govcloud.cli.output.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cuts the whole cloud, and shows its cuts. */
@Command(
    name = "cut",
    description = "Cut the whole cloud now, without pausing anybody, and wait until it is sealed.",
    footer = {
      "govcloud replication cut",
      "govcloud replication cut --countersigned",
      "govcloud replication cut list",
      "govcloud replication cut show 12"
    },
    subcommands = {CutCommand.ListCuts.class, CutCommand.Show.class})
public final class CutCommand extends ApiCommand {
  private static final String PATH = ApiRequest.path("v1", "replication", "cuts");

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("CUT", "number"),
          Column.of("STATE", "state"),
          Column.time("CLOSED", "closed_at"),
          Column.of("TENANTS", "tenants"),
          Column.of("ENTITIES", "entities"),
          Column.of("RECORDS", "records"),
          Column.of("PROBLEM", "problem"));

  private static final List<Column> DETAILS =
      List.of(
          Column.of("cut", "number"),
          Column.of("state", "state"),
          Column.time("closed", "closed_at"),
          Column.of("tenants", "tenants"),
          Column.of("entities", "entities"),
          Column.of("records", "records"),
          Column.of("attachments", "attachments"),
          Column.of("bytes", "bytes"),
          Column.of("hash", "hash"),
          Column.of("root", "root"),
          Column.time("keep until", "keep_until"),
          Column.of("problem", "problem"));

  @Option(names = "--no-wait", description = "Do not wait; follow it with `cut show`.")
  private boolean noWait;

  @Option(names = "--countersigned", description = "Wait for the sibling's countersignature too.")
  private boolean countersigned;

  @Mixin private ChangeOptions change;

  @Override
  protected ExitCode run(Connection connection) {
    JsonNode cut = request(connection);
    if (!noWait && !change.isDryRun()) {
      cut = await(connection, cut.path("number").asText());
    }
    connection.output().one(cut, DETAILS);
    return ExitCode.OK;
  }

  private JsonNode request(Connection connection) {
    return change
        .send(connection, ApiRequest.change("POST", PATH, change.key(), connection.body()))
        .body();
  }

  /** A cut; asked for again where the node died that had begun it, and the next knows nothing. */
  private JsonNode look(Connection connection, String number) {
    try {
      return connection.get("v1", "replication", "cuts", number);
    } catch (CommandFailure e) {
      if (e.code().equals("NOT_FOUND")) {
        return request(connection);
      }
      throw e;
    }
  }

  private JsonNode await(Connection connection, String number) {
    Instant deadline = connection.clock().instant().plus(options().timeout());
    while (true) {
      JsonNode cut = look(connection, number);
      String state = cut.path("state").asText();
      if (state.equals("countersigned") || (state.equals("sealed") && !countersigned)) {
        return cut;
      }
      if (connection.clock().instant().isAfter(deadline)) {
        String problem = cut.path("problem").asText("");
        throw new CommandFailure(
            ExitCode.TIMEOUT,
            "CUT_UNDER_WAY",
            "Cut "
                + number
                + " is still "
                + state
                + (problem.isEmpty() ? "" : " (" + problem + ")")
                + "; look again with `govcloud replication cut show "
                + number
                + "`.");
      }
      Waiting.pause(Duration.ofMillis(200));
    }
  }

  /** Lists cuts. */
  @Command(
      name = "list",
      description = "List cuts, the newest first.",
      footer = {"govcloud replication cut list", "govcloud replication cut list --limit 400"})
  public static final class ListCuts extends ApiCommand {
    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default 30).")
    private int limit = 30;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest request = ApiRequest.get(PATH).with("limit", Integer.toString(limit));
      connection.output().list(connection.send(request).body().path("items"), COLUMNS);
      return ExitCode.OK;
    }
  }

  /** Shows one cut. */
  @Command(
      name = "show",
      description = "Show one cut.",
      footer = {"govcloud replication cut show 12"})
  public static final class Show extends ApiCommand {
    @Parameters(paramLabel = "NUMBER", description = "The cut's number.")
    private long number;

    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .one(connection.get("v1", "replication", "cuts", Long.toString(number)), DETAILS);
      return ExitCode.OK;
    }
  }
}
