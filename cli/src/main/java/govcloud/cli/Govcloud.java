package govcloud.cli;

import govcloud.cli.account.AccountCommand;
import govcloud.cli.account.LoginCommand;
import govcloud.cli.account.LogoutCommand;
import govcloud.cli.account.ProgramCommand;
import govcloud.cli.account.WhoamiCommand;
import govcloud.cli.app.AppCommand;
import govcloud.cli.app.CatalogueCommand;
import govcloud.cli.approval.ApprovalCommand;
import govcloud.cli.audit.AuditCommand;
import govcloud.cli.casework.CaseCommand;
import govcloud.cli.command.CompletionCommand;
import govcloud.cli.context.ContextCommand;
import govcloud.cli.demo.DemoCommand;
import govcloud.cli.drill.DrillCommand;
import govcloud.cli.event.EventsCommand;
import govcloud.cli.exchange.CorrectionCommand;
import govcloud.cli.exchange.DeferralCommand;
import govcloud.cli.exchange.ExchangeCommand;
import govcloud.cli.exchange.ObjectionCommand;
import govcloud.cli.exchange.RecallCommand;
import govcloud.cli.keys.KeysCommand;
import govcloud.cli.ledger.LedgerCommand;
import govcloud.cli.local.DisasterCommand;
import govcloud.cli.local.DownCommand;
import govcloud.cli.local.NodeCommand;
import govcloud.cli.local.StatusCommand;
import govcloud.cli.local.UpCommand;
import govcloud.cli.operation.OperationCommand;
import govcloud.cli.output.Terminal;
import govcloud.cli.replication.ReplicationCommand;
import govcloud.cli.sharing.AgreementCommand;
import govcloud.cli.sharing.ResourceCommand;
import govcloud.cli.subject.SubjectCommand;
import govcloud.cli.supervision.SupervisionCommand;
import govcloud.cli.tenant.TenantCommand;
import govcloud.cli.view.ViewCommand;
import govcloud.cli.xes.ExportCommand;
import govcloud.cli.xes.ImportCommand;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of all commands. */
@Command(
    name = "govcloud",
    version = "Govcloud 0.1.0",
    description = "A government cloud: departments rent apps and work cases in them.",
    footer = {
      "govcloud up",
      "govcloud status",
      "govcloud tenant list",
      "govcloud import xes log.xes.gz --tenant planning --app permits",
      "govcloud down"
    },
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      DisasterCommand.class,
      NodeCommand.class,
      TenantCommand.class,
      AppCommand.class,
      CatalogueCommand.class,
      CaseCommand.class,
      ResourceCommand.class,
      AgreementCommand.class,
      OperationCommand.class,
      ApprovalCommand.class,
      ViewCommand.class,
      EventsCommand.class,
      ContextCommand.class,
      LoginCommand.class,
      LogoutCommand.class,
      WhoamiCommand.class,
      AccountCommand.class,
      ProgramCommand.class,
      AuditCommand.class,
      KeysCommand.class,
      DrillCommand.class,
      ReplicationCommand.class,
      LedgerCommand.class,
      ExchangeCommand.class,
      ObjectionCommand.class,
      RecallCommand.class,
      CorrectionCommand.class,
      DeferralCommand.class,
      SupervisionCommand.class,
      SubjectCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      DemoCommand.class,
      CompletionCommand.class
    })
public final class Govcloud extends CommandRoot {
  private Govcloud(Terminal terminal, Clock clock) {
    super(terminal, clock);
  }

  /** Runs one command line and gives its exit code. */
  public static int run(Terminal terminal, Clock clock, String... arguments) {
    return commandLine(terminal, clock).execute(arguments);
  }

  /** The parser with all commands. */
  public static CommandLine commandLine(Terminal terminal, Clock clock) {
    return new Govcloud(terminal, clock).commandLine();
  }
}
