/** The API of a node as a whole: which routes there are and how they are started. */
package govcloud.node.api;
