package govcloud.cli.replication;

import govcloud.cli.command.Group;
import picocli.CommandLine.Command;

/** What reaches the sibling cloud. */
@Command(
    name = "replication",
    description = "What reaches the sibling cloud, and the daily cut.",
    footer = {"govcloud replication cut", "govcloud replication cut list"},
    subcommands = {CutCommand.class})
public final class ReplicationCommand extends Group {}
