/** All read models together, and their start on every node. */
package govcloud.node.readmodel;
