package govcloud.cli.account;

import govcloud.cli.ExitCode;
import govcloud.cli.approval.ApprovalCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks for break-glass. */
@Command(
    name = "emergency",
    description = {
      "Ask to give a person another role for 60 minutes, in place of the own ones (break-glass).",
      "Two administrators of different duties then sign it on the page that is shown, each with",
      "a passkey. It raises an alarm and ends by itself."
    },
    footer = {
      "govcloud account emergency operator --role security-administrator \\",
      "    --reason 'the only one is in hospital'"
    })
public final class EmergencyCommand extends AccountCommand.One {
  @Option(names = "--role", required = true, paramLabel = "ROLE", description = "The role.")
  private String role;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; it is part of what is signed.")
  private String reason;

  @Mixin private ChangeOptions change;

  @Override
  protected ExitCode run(Connection connection) {
    var body = connection.body().put("role", role).put("reason", reason);
    return ApprovalCommand.ask(connection, change, "POST", path("emergency-access"), body);
  }
}
