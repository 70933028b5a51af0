package govcloud.cli.ledger;

import govcloud.cli.command.Group;
import picocli.CommandLine.Command;

/** Ledgers and their proofs. */
@Command(
    name = "ledger",
    exitCodeOnInvalidInput = LedgerTask.USAGE,
    description = {
      "Check ledgers and proofs, offline: nothing is asked of any node.",
      "Exit codes: 0 valid, 1 invalid, 2 incomplete, 3 wrong usage."
    },
    footer = {
      "govcloud ledger fsck /srv/ledger/exchange-2026 --policy trust.txt",
      "govcloud ledger prove /srv/ledger/exchange-2026 17 --policy trust.txt --to 17.tlog-proof",
      "govcloud ledger verify 17.tlog-proof --policy trust.txt --opening subject.txt",
      "govcloud ledger replay 17.tlog-proof 17.json --policy trust.txt",
      "govcloud ledger consistency kept.txt /srv/ledger/exchange-2026 --policy trust.txt"
    },
    subcommands = {
      VerifyCommand.class,
      ReplayCommand.class,
      ProveCommand.class,
      ConsistencyCommand.class,
      FsckCommand.class
    })
public final class LedgerCommand extends Group {}
