package govcloud.recovery.command;

import govcloud.cli.CommandRoot;
import govcloud.cli.output.Terminal;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the commands for the day on which a cloud is lost. */
@Command(
    name = "recover",
    version = "Govcloud recovery tool 0.1.0",
    description = {
      "Rebuild a lost cloud from what its sibling received, and prove it.",
      "Needs the sibling's folder, an empty Cassandra, and enough shares of the recovery key."
    },
    footer = {
      "recover verify  --archive /srv/received",
      "recover keys    --archive /srv/received --shares /media/shares",
      "recover plan    --archive /srv/received --shares /media/shares",
      "recover restore --archive /srv/received --shares /media/shares --prove --page",
      "recover prove   --archive /srv/received --shares /media/shares",
      "recover queue   --keyspace govcloud_g2",
      "recover pin     housing --keyspace govcloud_g2",
      "recover report  /srv/report --cards /srv/received/cards",
      "recover diff    housing --archive /srv/received --shares /media/shares --cut 12",
      "recover clone   housing --archive /srv/received --shares /media/shares --folder /srv/clone",
      "recover bundle  --archive /srv/received"
    },
    subcommands = {
      VerifyCommand.class,
      SalvageCommand.class,
      KeysCommand.class,
      PlanCommand.class,
      RestoreCommand.class,
      ProveCommand.class,
      QueueCommand.class,
      PinCommand.class,
      ReportCommand.class,
      DiffCommand.class,
      CloneCommand.class,
      DrillCommand.class,
      FailoverCommand.class,
      SwitchOverCommand.class,
      BundleCommand.class
    })
public final class Recover extends CommandRoot {
  private Recover(Terminal terminal, Clock clock) {
    super(terminal, clock);
  }

  /** Runs one command line and gives its exit code. */
  public static int run(Terminal terminal, Clock clock, String... arguments) {
    return commandLine(terminal, clock).execute(arguments);
  }

  /** The parser with all commands. */
  public static CommandLine commandLine(Terminal terminal, Clock clock) {
    return new Recover(terminal, clock).commandLine();
  }
}
