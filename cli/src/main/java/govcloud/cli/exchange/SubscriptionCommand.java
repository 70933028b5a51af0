package govcloud.cli.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.output.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes at other departments. */
@Command(
    name = "subscription",
    description = "Subscribe to changes at other departments, and fetch them.",
    footer = {
      "govcloud exchange subscription begin licences --tenant roads --case permits/c-1 \\",
      "    --subject 99999919900101123X",
      "govcloud exchange subscription changes roads 0123456789abcdef0123456789abcdef",
      "govcloud exchange subscription list roads"
    },
    subcommands = {
      SubscriptionCommand.Begin.class,
      SubscriptionCommand.ListSubscriptions.class,
      SubscriptionCommand.Changes.class,
      SubscriptionCommand.End.class
    })
final class SubscriptionCommand extends Group {

  static final List<Column> COLUMNS =
      List.of(
          Column.of("ID", "id"),
          Column.of("CONSUMER", "consumer"),
          Column.of("AGREEMENT", "agreement"),
          Column.of("PROVIDER", "provider"),
          Column.of("STATE", "state"),
          Column.of("CASE", "case"),
          Column.time("SINCE", "created_at"),
          Column.time("UNTIL", "until"),
          Column.of("FETCHED", "acknowledged"));

  private static final List<Column> CHANGES =
      List.of(
          Column.of("NUMBER", "sequence"),
          Column.time("CHANGED", "at"),
          new Column("RECORD", change -> change.at("/answer/records/0").toString()),
          new Column("WHY NOT", change -> change.at("/refusal/code").asText()),
          new Column("ENTRY", SubscriptionCommand::entry));

  private static String entry(JsonNode change) {
    JsonNode answered = change.has("answer") ? change.path("answer") : change.path("refusal");
    return answered.at("/evidence/index").asText();
  }

  /** Subscribes. */
  @Command(
      name = "begin",
      description = {
        "Subscribe to changes under an agreement.",
        "Each change is decided on and recorded like a query before it is told."
      },
      footer = {
        "govcloud exchange subscription begin licences --tenant roads --case permits/c-1 \\",
        "    --subject 99999919900101123X"
      })
  static final class Begin extends ApiCommand {
    @Mixin private ChangeOptions.Key key;

    @Parameters(paramLabel = "AGREEMENT", description = "Under which agreement.")
    private String agreement;

    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        required = true,
        description = "The department that subscribes.")
    private String tenant;

    @Option(
        names = "--case",
        paramLabel = "APP/CASE",
        description = "Because of which case; needed where the agreement names matters.")
    private String cited;

    @Option(
        names = "--subject",
        paramLabel = "NUMBER",
        description = "Only records of this person or company, by document number.")
    private String subject;

    @Option(names = "--field", paramLabel = "NAME", description = "Only this; repeatable.")
    private List<String> fields = new ArrayList<>();

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "When it ends, such as 2027-01-01T00:00:00Z. Default: with the agreement.")
    private String until;

    @Option(names = "--callback", description = "Have changes posted to the department's address.")
    private boolean callback;

    @Override
    protected ExitCode run(Connection connection) {
      ObjectNode body = connection.body();
      if (callback) {
        body.put("callback", true);
      }
      Reason.put(body, cited, subject);
      if (!fields.isEmpty()) {
        fields.forEach(body.putArray("fields")::add);
      }
      if (until != null) {
        body.put("until", until);
      }
      String path =
          ApiRequest.path("v1", "tenants", tenant, "exchange", agreement, "subscriptions");
      JsonNode made = connection.send(ApiRequest.change("POST", path, key.get(), body)).body();
      connection.output().one(made, COLUMNS);
      return ExitCode.OK;
    }
  }

  /** Lists them. */
  @Command(
      name = "list",
      description = "List one's own subscriptions.",
      footer = {"govcloud exchange subscription list roads"})
  static final class ListSubscriptions extends ApiCommand {
    @Parameters(paramLabel = "TENANT", description = "The department that subscribes.")
    private String tenant;

    @Override
    protected ExitCode run(Connection connection) {
      JsonNode all = connection.get("v1", "tenants", tenant, "exchange", "subscriptions");
      connection.output().list(all.path("items"), COLUMNS);
      return ExitCode.OK;
    }
  }

  /** One's own subscription. */
  abstract static class OfOne extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department that subscribes.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "ID", description = "Of the subscription.")
    private String id;

    /** Where it is. */
    protected String[] path(String... more) {
      List<String> path =
          new ArrayList<>(List.of("v1", "tenants", tenant, "exchange", "subscriptions", id));
      path.addAll(List.of(more));
      return path.toArray(String[]::new);
    }
  }

  /** Fetches changes. */
  @Command(
      name = "changes",
      description = {
        "Fetch the next changes.",
        "With --after those before count as received; without it they come again."
      },
      footer = {
        "govcloud exchange subscription changes roads 0123456789abcdef0123456789abcdef --after 17"
      })
  static final class Changes extends OfOne {
    @Option(
        names = "--after",
        paramLabel = "NUMBER",
        description = "The last change that was received. Default: the last one acknowledged.")
    private String after;

    @Option(
        names = "--wait",
        paramLabel = "SECONDS",
        description = "Wait so long, at most 10, while there is none.",
        defaultValue = "0")
    private int wait;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest request =
          ApiRequest.get(ApiRequest.path(path("changes"))).with("wait", Integer.toString(wait));
      JsonNode page =
          connection.send(after == null ? request : request.with("after", after)).body();
      connection.output().list(page.path("changes"), CHANGES);
      connection
          .terminal()
          .say(
              "Go on with --after "
                  + page.path("next").asText()
                  + (page.path("more").asBoolean() ? "; there may be more already." : "."));
      return ExitCode.OK;
    }
  }

  /** Ends one. */
  @Command(
      name = "end",
      description = "End a subscription.",
      footer = {"govcloud exchange subscription end roads 0123456789abcdef0123456789abcdef"})
  static final class End extends OfOne {
    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest request =
          new ApiRequest("DELETE", ApiRequest.path(path()), Map.of(), Map.of(), Optional.empty());
      connection.output().one(connection.send(request).body(), COLUMNS);
      return ExitCode.OK;
    }
  }
}
