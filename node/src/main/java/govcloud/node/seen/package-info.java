/** Signed messages that came before, known to all nodes. */
package govcloud.node.seen;
