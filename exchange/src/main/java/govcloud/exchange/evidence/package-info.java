/** What of an exchange is written into the ledger. */
package govcloud.exchange.evidence;
