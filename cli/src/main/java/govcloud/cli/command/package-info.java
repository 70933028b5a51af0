/** What every subcommand shares: options, the connection to the cloud, errors and help. */
package govcloud.cli.command;
