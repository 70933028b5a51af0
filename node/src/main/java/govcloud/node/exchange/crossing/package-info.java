/** Queries from and to departments of other clouds: signed messages, and who may send them. */
package govcloud.node.exchange.crossing;
