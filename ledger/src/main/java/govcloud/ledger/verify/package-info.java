/** Checks a ledger's files against what was signed, and tells where they differ. */
package govcloud.ledger.verify;
