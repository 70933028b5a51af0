/** Carries the log to the sibling cloud, and takes in what the sibling sends. */
package govcloud.node.replication;
