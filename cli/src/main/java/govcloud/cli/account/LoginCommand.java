package govcloud.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signs in as a person. */
@Command(
    name = "login",
    description = {
      "Sign in; commands act as this account until `govcloud logout` or the end of the session.",
      "Password and code are asked for, or read from the input, one on each line."
    },
    footer = {"govcloud login operator --first", "govcloud login zhang-san"})
public final class LoginCommand extends ApiCommand {
  @Parameters(paramLabel = "ACCOUNT", description = "The account.")
  private String account;

  @Option(
      names = "--first",
      description = "Come in for the first time, with a one-time code; choose a password.")
  private boolean first;

  @Override
  protected boolean needsToken() {
    return false;
  }

  @Override
  protected ExitCode run(Connection connection) {
    Prompt prompt = new Prompt(connection.terminal());
    String password = first ? visitFirst(connection, prompt) : prompt.secret("Password");
    String code = prompt.secret("Code of the authenticator");
    JsonNode begun = SignIn.begin(connection, account, password, code);
    SessionFile.write(connection.home(), begun.path("token").asText());
    ObjectNode shown = connection.body().put("account", account);
    shown.set("session", begun.path("session"));
    connection
        .output()
        .one(
            shown,
            List.of(
                Column.of("account", "account"),
                Column.of("session", "session.session"),
                Column.time("ends at", "session.ends_at")));
    return ExitCode.OK;
  }

  private String visitFirst(Connection connection, Prompt prompt) {
    String code = prompt.secret("One-time code");
    String password = prompt.secret("New password");
    JsonNode factor = SignIn.visitFirst(connection, account, password, code);
    connection
        .terminal()
        .say(
            "Add this to your authenticator; it is told now and never again:\n  "
                + factor.path("totp_secret").asText()
                + "\n  "
                + factor.path("totp_uri").asText());
    return password;
  }
}
