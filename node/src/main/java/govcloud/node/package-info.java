/** The one program every server runs: start-up, settings and the list of what a node can do. */
package govcloud.node;
