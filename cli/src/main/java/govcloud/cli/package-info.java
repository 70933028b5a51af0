/** The {@code ./govcloud} command: everything an operator does from a terminal. */
package govcloud.cli;
