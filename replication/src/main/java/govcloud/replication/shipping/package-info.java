/** The way of the log into the cloud's own archive and from there to the sibling cloud. */
package govcloud.replication.shipping;
