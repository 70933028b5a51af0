/** Queries to other departments, who asked for data of somebody, and copies of the ledger. */
package govcloud.cli.exchange;
