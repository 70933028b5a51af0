package govcloud.cli.account;

import govcloud.cli.ExitCode;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;

/** Says who asks. */
@Command(
    name = "whoami",
    description = "Show as which account commands act, and in which roles.",
    footer = {"govcloud whoami", "govcloud whoami -o json"})
public final class WhoamiCommand extends ApiCommand {
  @Override
  protected ExitCode run(Connection connection) {
    connection
        .output()
        .one(
            connection.get("v1", "me"),
            List.of(
                Column.of("account", "account"),
                Column.of("name", "name"),
                Column.of("kind", "kind"),
                Column.of("department", "tenant"),
                Column.of("roles", "roles"),
                Column.of("session", "session")));
    return ExitCode.OK;
  }
}
