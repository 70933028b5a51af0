package govcloud.cli.account;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends the session that login has begun. */
@Command(
    name = "logout",
    description = "End the session of `govcloud login`, on every node within a second.",
    footer = {"govcloud logout", "govcloud logout --everywhere"})
public final class LogoutCommand extends ApiCommand {
  @Option(names = "--everywhere", description = "End all sessions of the account.")
  private boolean everywhere;

  @Override
  protected ExitCode run(Connection connection) {
    if (!SessionFile.isThere(connection.home())) {
      connection.terminal().say("Nobody is signed in here.");
      return ExitCode.OK;
    }
    try {
      connection
          .api()
          .send(
              new ApiRequest(
                  "DELETE",
                  ApiRequest.path("v1", "sessions", everywhere ? "all" : "current"),
                  Map.of(),
                  Map.of(),
                  Optional.empty()));
    } catch (CommandFailure failure) {
      if (failure.exitCode() != ExitCode.AUTHENTICATION) {
        throw failure;
      }
      // It is over already.
    }
    SessionFile.delete(connection.home());
    connection.terminal().say("Signed out.");
    return ExitCode.OK;
  }
}
