package govcloud.cli.approval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.output.Column;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Dangerous commands. */
@Command(
    name = "approval",
    description = {
      "Dangerous commands, which two people sign in a browser, each with a passkey.",
      "What waits: `govcloud operation list --status waiting_approval`."
    },
    footer = {
      "govcloud approval show deletion-4be1",
      "govcloud approval show deletion-4be1 -o json > deletion.json",
      "govcloud approval verify deletion.json"
    },
    subcommands = {ApprovalCommand.Show.class, VerifyCommand.class})
public final class ApprovalCommand extends Group {

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("operation", "operation"),
          Column.of("command", "kind"),
          Column.of("subject", "subject"),
          Column.of("status", "status"),
          Column.of("signed by", "signed_by"),
          Column.of("sign at", "page"));

  /** Asks for a dangerous command and shows where it is signed. */
  public static ExitCode ask(
      Connection connection, ChangeOptions change, String method, String path, JsonNode body) {
    ApiRequest request = ApiRequest.change(method, path, change.key(), body);
    JsonNode answer = change.send(connection, request).body();
    if (change.isDryRun()) {
      connection.output().one(answer, List.of(Column.of("operation", "operation")));
      connection.terminal().say("Dry run: nothing was stored.");
    } else {
      show(connection, answer.path("operation").asText());
    }
    return ExitCode.OK;
  }

  /**
   * Shows a command and where it is signed.
   *
   * @param operation whose answer named it
   */
  private static void show(Connection connection, String operation) {
    ObjectNode shown = (ObjectNode) connection.get("v1", "approvals", operation);
    shown.put("page", page(connection, shown.path("page").asText()));
    shown.put(
        "signed_by",
        StreamSupport.stream(shown.path("signatures").spliterator(), false)
            .map(one -> one.path("person").asText())
            .collect(Collectors.joining(", ")));
    connection.output().one(shown, COLUMNS);
  }

  /** With host where the cloud tells none; passkeys work at localhost and not at 127.0.0.1. */
  private static String page(Connection connection, String page) {
    return page.startsWith("/")
        ? connection.api().address().resolve(page).toString().replace("//127.0.0.1", "//localhost")
        : page;
  }

  /** Shows one. */
  @Command(
      name = "show",
      description = {
        "Show a dangerous command, who has signed it, and where it is signed.",
        "As JSON it is the proof that `govcloud approval verify` checks."
      },
      footer = {
        "govcloud approval show deletion-4be1",
        "govcloud approval show deletion-4be1 -o json > deletion.json"
      })
  public static final class Show extends ApiCommand {
    @Parameters(paramLabel = "OPERATION", description = "What the request was answered with.")
    private String operation;

    @Override
    protected ExitCode run(Connection connection) {
      show(connection, operation);
      return ExitCode.OK;
    }
  }
}
