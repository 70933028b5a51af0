/** The gateway between departments, and the ledger in which every query is recorded. */
package govcloud.node.exchange;
