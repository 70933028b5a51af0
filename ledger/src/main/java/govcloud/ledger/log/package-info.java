/** The log on its disk: appended to in batches, never acknowledged before it is there for good. */
package govcloud.ledger.log;
