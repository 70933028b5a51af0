/** Named connections: which clouds the command line knows, and which of them it uses. */
package govcloud.cli.context;
