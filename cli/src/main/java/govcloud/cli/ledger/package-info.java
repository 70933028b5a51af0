/** Checks ledgers offline: nothing is asked of any node. */
package govcloud.cli.ledger;
