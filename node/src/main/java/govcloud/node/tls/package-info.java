/** What a node shows at its doors and whom it takes: public listener and line between nodes. */
package govcloud.node.tls;
