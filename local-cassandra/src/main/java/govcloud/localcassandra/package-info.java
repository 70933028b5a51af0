/**
 * Starts and stops a real Apache Cassandra on this machine: for the demo, for tests and for drills.
 */
package govcloud.localcassandra;
