/** How long a node's certificates last and whose it has refused, for those who watch it. */
package govcloud.node.certificate;
