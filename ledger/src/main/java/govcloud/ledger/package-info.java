/** A log that nobody can rewrite: what can be wrong with one, and how it is said. */
package govcloud.ledger;
