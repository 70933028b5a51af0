/** Keeps the newest state of other clouds' logs, and cosigns only what continues it. */
package govcloud.ledger.witness;
