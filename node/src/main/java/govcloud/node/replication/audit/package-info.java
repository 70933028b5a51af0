/** Compares log, chunks and archive of this cloud, and rebuilds what is derived. */
package govcloud.node.replication.audit;
